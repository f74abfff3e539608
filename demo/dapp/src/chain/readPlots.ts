import type { Address, PublicClient } from 'viem'
import { zeroAddress } from 'viem'
import { orchardAbi } from './orchardAbi'

/** A plot of the orchard as the chain has it. */
export type Plot = {
  /** Who planted last; `null` while it is bare. */
  readonly by: Address | null
  /** How often it was planted. */
  readonly times: number
}

/** Number of plots; they are numbered 0–35. */
export const plotCount = 36

/** The orchard before anything is known of it. */
export const barePlots: readonly Plot[] = Array.from({ length: plotCount }, () => ({ by: null, times: 0 }))

/** Reads all plots, by number. */
export async function readPlots(reader: PublicClient, orchard: Address): Promise<readonly Plot[]> {
  const plots = await reader.readContract({ address: orchard, abi: orchardAbi, functionName: 'plots' })
  return plots.map(({ by, times }) => ({ by: by === zeroAddress ? null : by, times }))
}
