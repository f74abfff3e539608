import type { Address, Hex } from 'viem'
import { encodeFunctionData, maxUint256, parseEther, zeroHash } from 'viem'
import { demoTokenAbi } from '../chain/demoTokenAbi'
import { limits } from '../session/limits'
import type { Attempt, Scene } from './attempt'
import { attacker } from './attempt'

const permit2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

/** Ways to take DEMO. */
export function tokenAttempts({ account, demoToken, shop, demo }: Scene): readonly Attempt[] {
  const attempt = (what: string, data: Hex): Attempt => ({
    aim: 'tokens',
    what,
    calls: [{ to: demoToken, data }],
    allowed: false,
  })
  const transfer = (to: Address, amount: bigint) =>
    encodeFunctionData({ abi: demoTokenAbi, functionName: 'transfer', args: [to, amount] })
  const approve = (spender: Address) =>
    encodeFunctionData({ abi: demoTokenAbi, functionName: 'approve', args: [spender, maxUint256] })
  return [
    attempt('Send 2 DEMO to the thief', transfer(attacker, parseEther('2'))),
    attempt('Send all DEMO to the thief', transfer(attacker, demo)),
    attempt('Approve the thief for unlimited DEMO', approve(attacker)),
    attempt('Approve Permit2 for unlimited DEMO', approve(permit2)),
    attempt(
      'Pull 2 DEMO out with transferFrom',
      encodeFunctionData({
        abi: demoTokenAbi,
        functionName: 'transferFrom',
        args: [account, attacker, parseEther('2')],
      }),
    ),
    attempt(
      'Hand the thief a permit',
      encodeFunctionData({
        abi: demoTokenAbi,
        functionName: 'permit',
        args: [account, attacker, maxUint256, maxUint256, 27, zeroHash, zeroHash],
      }),
    ),
    attempt(
      'Mint DEMO to the thief in your name',
      encodeFunctionData({ abi: demoTokenAbi, functionName: 'faucet', args: [attacker] }),
    ),
    attempt('Buy for 5 DEMO at once', transfer(shop, parseEther('5'))),
    attempt('Buy for 2 DEMO and one unit', transfer(shop, limits.demo.perPurchase + 1n)),
    attempt('Buy for the largest number there is', transfer(shop, maxUint256)),
  ]
}
