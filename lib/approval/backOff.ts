/** An approval of a site that ended without the owner's agreement: rejected, or withdrawn by the page. Unix milliseconds. */
export type Refused = { readonly endedAt: number }

/** The refusal in a row from which on a site has to wait. */
const patience = 3
const first = 5_000
const longest = 5 * 60_000
/** Refusals before that are forgotten. */
const memory = 15 * 60_000

/**
 * How long a site has to wait before it may open the window again, in ms: 5 s after the third refusal in a row, doubled by each
 * further one, at most 5 minutes.
 *
 * @param refused - The site's refusals since the owner last agreed to something of it, in any order.
 * @param now - Unix milliseconds.
 */
export function backOff(refused: readonly Refused[], now: number): number {
  const recent = refused.filter(({ endedAt }) => now - endedAt < memory)
  if (recent.length < patience) return 0
  const last = Math.max(...recent.map(({ endedAt }) => endedAt))
  const pause = Math.min(longest, first * 2 ** (recent.length - patience))
  return Math.max(0, last + pause - now)
}
