import { encodeFunctionData, parseEther } from 'viem'
import { demoTokenAbi } from '../chain/demoTokenAbi'
import { limits } from '../session/limits'
import type { Attempt, AttemptCall, Scene } from './attempt'
import { attacker } from './attempt'

/** Ways to take ETH. */
export function etherAttempts({ demoToken, shop, tipJar, eth }: Scene): readonly Attempt[] {
  const attempt = (what: string, call: AttemptCall): Attempt => ({
    aim: 'ether',
    what,
    calls: [call],
    allowed: false,
  })
  const buy = encodeFunctionData({
    abi: demoTokenAbi,
    functionName: 'transfer',
    args: [shop, parseEther('1')],
  })
  return [
    attempt('Send 0.001 ETH to the thief', { to: attacker, value: parseEther('0.001') }),
    attempt('Send all ETH to the thief', { to: attacker, value: eth }),
    attempt('Tip 0.003 ETH', { to: tipJar, value: parseEther('0.003') }),
    attempt('Tip 0.002 ETH and one wei', { to: tipJar, value: limits.tip.each + 1n }),
    attempt('Send 0.001 ETH to the shop', { to: shop, value: parseEther('0.001') }),
    attempt('Call the tip jar as if it were a contract', { to: tipJar, data: '0x12345678' }),
    attempt('Slip one wei into a purchase', { to: demoToken, value: 1n, data: buy }),
  ]
}
