/** An operation whose period ends within this many seconds waits for the next one. */
const endMargin = 15
/** The chain may be this many seconds behind its clock here, so a period that has just begun is given them. */
const beginMargin = 2

/** When an operation may be included, in Unix seconds of the chain. */
export type TimeRange = {
  /** Exclusive; 0 when no period was used. */
  readonly validAfter: number
  /** Inclusive. */
  readonly validUntil: number
}

/**
 * How long to wait before an operation is signed, so that it does not miss its period on the way. Periods shorter than half a minute
 * get proportionally less.
 *
 * @param expiresAt - End of the session: nothing comes after it, so it is not waited for.
 * @returns Seconds; 0 to go on now.
 */
export function secondsToWait(
  { validAfter, validUntil }: TimeRange,
  expiresAt: number,
  timestamp: number,
): number {
  if (validAfter === 0) return 0
  const length = validUntil - validAfter
  const begin = Math.min(beginMargin, length / 4)
  const left = validUntil + 1 - timestamp
  if (validUntil < expiresAt && left <= Math.min(endMargin, length / 2)) return left + begin
  return Math.max(0, begin - (timestamp - validAfter))
}
