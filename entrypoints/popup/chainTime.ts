import type { Snapshot } from '@/lib/messaging/views'

/**
 * Time on a chain, as the background last measured it.
 *
 * @param now - Unix milliseconds, the computer's.
 * @returns Unix seconds.
 */
export function chainTime(snapshot: Snapshot, chainId: number, now: number): number {
  return Math.floor(now / 1000) + (snapshot.clockSkew[chainId] ?? 0)
}
