import type { Address } from 'viem'
import { encodeFunctionData, parseEther } from 'viem'
import { demoTokenAbi } from '../chain/demoTokenAbi'
import { orchardAbi } from '../chain/orchardAbi'
import { limits } from '../session/limits'
import type { Attempt, AttemptCall, Scene } from './attempt'
import { attacker } from './attempt'

/** Ways to hide theft among allowed calls, and, last, to use up what the session allows. */
export function batchAttempts({ demoToken, orchard, shop, tipJar }: Scene): readonly Attempt[] {
  const transfer = (to: Address, amount: bigint): AttemptCall => ({
    to: demoToken,
    data: encodeFunctionData({ abi: demoTokenAbi, functionName: 'transfer', args: [to, amount] }),
  })
  const plant: AttemptCall = {
    to: orchard,
    data: encodeFunctionData({ abi: orchardAbi, functionName: 'plant', args: [35n] }),
  }
  const buy = transfer(shop, limits.demo.perPurchase)
  const tip: AttemptCall = { to: tipJar, value: limits.tip.each }
  const batch = (what: string, calls: readonly AttemptCall[]): Attempt => ({
    aim: 'batches',
    what,
    calls,
    allowed: false,
  })
  const drain = (what: string, calls: readonly AttemptCall[]): Attempt => ({
    aim: 'drain',
    what,
    calls,
    allowed: true,
  })
  return [
    batch('Plant a tree and send 1 DEMO to the thief', [plant, transfer(attacker, parseEther('1'))]),
    batch(
      'Buy six times in one batch, 12 DEMO',
      Array.from({ length: 6 }, () => buy),
    ),
    batch(
      '33 plantings in one batch',
      Array.from({ length: 33 }, () => plant),
    ),
    drain('Waste 4 DEMO in the shop', [buy, buy]),
    drain('Waste 4 DEMO more', [buy, buy]),
    drain('Waste 2 DEMO more', [buy]),
    drain('Waste 2 DEMO more still', [buy]),
    drain('Tip 0.004 ETH in two', [tip, tip]),
    drain('Tip 0.004 ETH more', [tip, tip]),
    drain('Tip 0.002 ETH more', [tip]),
    drain('Tip 0.002 ETH more still', [tip]),
  ]
}
