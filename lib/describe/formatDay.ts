import type { DescribeContext } from '@/lib/describe/context'

type Clock = Pick<DescribeContext, 'now' | 'timeZone' | 'locale'>

/** Making a format costs more than using it, and a list has thousands of days. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** Day in local time, as `YYYY-MM-DD`: equal for moments of one day. @param at - Unix seconds. */
export function dayKey(at: number, { timeZone }: Pick<Clock, 'timeZone'>): string {
  return format('en-CA', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at * 1000)
}

/**
 * A day as the heading of what happened on it: `Today`, `Yesterday`, `Friday, 3 May`, with the year of another one.
 *
 * @param at - Unix seconds.
 */
export function formatDay(at: number, clock: Clock): string {
  const { locale, timeZone, now } = clock
  const day = dayKey(at, clock)
  const today = dayKey(now, clock)
  if (day === today) return 'Today'
  const before = new Date(Date.parse(`${today}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  if (day === before) return 'Yesterday'
  const sameYear = day.slice(0, 4) === today.slice(0, 4)
  const year = sameYear ? {} : { year: 'numeric' as const }
  return format(locale, timeZone, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(
    at * 1000,
  )
}

/** Hour and minute in local time: `18:00`. For lists; elsewhere a moment is told with its day. @param at - Unix seconds. */
export function formatTimeOfDay(at: number, { locale, timeZone }: Partial<Clock> = {}): string {
  return format(locale, timeZone, { hour: '2-digit', minute: '2-digit' }).format(at * 1000)
}

/** A moment in full, for a record: `3 May 2025, 18:00:07 GMT+2`. @param at - Unix seconds. */
export function formatExactly(at: number, { locale, timeZone }: Partial<Clock> = {}): string {
  return format(locale, timeZone, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(at * 1000)
}

function format(
  locale: string | undefined,
  timeZone: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, timeZone, options])
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(locale, {
    ...options,
    ...(timeZone === undefined ? {} : { timeZone }),
  })
  formats.set(key, made)
  return made
}
