import { concatHex, encodeFunctionData, maxUint256, parseEther, toFunctionSelector } from 'viem'
import { orchardAbi } from '../chain/orchardAbi'
import { limits } from '../session/limits'
import type { Attempt, AttemptCall, Scene } from './attempt'

/** Ways to misuse the orchard's own contract. */
export function orchardAttempts({ orchard }: Scene): readonly Attempt[] {
  const attempt = (what: string, call: Omit<AttemptCall, 'to'>): Attempt => ({
    aim: 'orchard',
    what,
    calls: [{ to: orchard, ...call }],
    allowed: false,
  })
  const plant = (plot: bigint) => encodeFunctionData({ abi: orchardAbi, functionName: 'plant', args: [plot] })
  return [
    attempt('Plant plot 36, one past the fence', { data: plant(limits.plant.plots) }),
    attempt('Plant plot 2²⁵⁶ − 1', { data: plant(maxUint256) }),
    attempt('Plant with 0.001 ETH attached', { data: plant(0n), value: parseEther('0.001') }),
    attempt('Plant without saying where', { data: toFunctionSelector('plant(uint256)') }),
    attempt('Call another function of the orchard', {
      data: concatHex([toFunctionSelector('fell(uint256)'), plant(0n)]),
    }),
    attempt('Send the orchard three stray bytes', { data: '0xbadbad' }),
  ]
}
