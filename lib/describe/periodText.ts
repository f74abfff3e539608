const named: Readonly<Record<number, { each: string; current: string; plural: string }>> = {
  60: { each: 'a minute', current: "this minute's", plural: 'minutes' },
  3600: { each: 'an hour', current: "this hour's", plural: 'hours' },
  86400: { each: 'a day', current: "today's", plural: 'UTC days' },
  604800: { each: 'a week', current: "this week's", plural: 'weeks' },
}

const units = [
  [86400, 'days'],
  [3600, 'hours'],
  [60, 'minutes'],
  [1, 'seconds'],
] as const

/** How often a period comes: `a day`, `every 90 minutes`. @param period - Seconds. */
export function eachPeriod(period: number): string {
  return named[period]?.each ?? `every ${lengthOf(period)}`
}

/** Whose limit the current period's is: `today's`, `this period's`. @param period - Seconds. */
export function currentPeriod(period: number): string {
  return named[period]?.current ?? "this period's"
}

/** Several periods of one length: `UTC days`, `periods of 90 minutes`. @param period - Seconds. */
export function pluralPeriod(period: number): string {
  return named[period]?.plural ?? `periods of ${lengthOf(period)}`
}

/** When periods begin, where that is not obvious; empty otherwise. Periods count from 1 January 1970, a Thursday. */
export function periodStart(period: number): string {
  if (period === 86400) return 'Days begin at 00:00 UTC.'
  if (period === 604800) return 'Weeks begin on Thursday at 00:00 UTC.'
  return ''
}

function lengthOf(period: number): string {
  const [seconds, unit] = units.find(([length]) => period % length === 0) ?? units[3]
  const count = period / seconds
  return count === 1 ? unit.slice(0, -1) : `${count} ${unit}`
}
