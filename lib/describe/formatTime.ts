import type { DescribeContext } from '@/lib/describe/context'

type Clock = Pick<DescribeContext, 'now' | 'timeZone' | 'locale'>

/** A moment in local time, told from now: `today, 18:00`, `tomorrow, 18:00`, else with the date. @param at - Unix seconds. */
export function formatMoment(at: number, clock: Clock): string {
  const day = dayOf(at, clock)
  const time = formatClock(at, clock)
  if (day === dayOf(clock.now, clock)) return `today, ${time}`
  if (day === nextDay(dayOf(clock.now, clock))) return `tomorrow, ${time}`
  const { locale, timeZone } = clock
  const sameYear = day.slice(0, 4) === dayOf(clock.now, clock).slice(0, 4)
  const date = new Intl.DateTimeFormat(locale, {
    ...(timeZone === undefined ? {} : { timeZone }),
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' as const }),
  }).format(at * 1000)
  return `${date}, ${time}`
}

/** When something ended: `at 18:00`, or `on 3 May, 18:00` of another day. @param at - Unix seconds. */
export function formatEnd(at: number, clock: Clock): string {
  const moment = formatMoment(at, clock)
  return moment.startsWith('today') ? `at ${formatClock(at, clock)}` : `on ${moment}`
}

/** Hour and minute in local time: `18:00`. @param at - Unix seconds. */
export function formatClock(at: number, { locale, timeZone }: Clock): string {
  return new Intl.DateTimeFormat(locale, {
    ...(timeZone === undefined ? {} : { timeZone }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(at * 1000)
}

/** A duration in its two largest units: `3 h 12 min`. @param seconds - Rounded up to whole minutes above one minute. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.ceil(seconds))} s`
  const minutes = Math.ceil(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days > 0) return joined([days, 'd'], [hours % 24, 'h'])
  if (hours > 0) return joined([hours, 'h'], [minutes % 60, 'min'])
  return `${minutes} min`
}

function joined(...parts: [count: number, unit: string][]): string {
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}

/** Calendar day as `YYYY-MM-DD` in the clock's time zone. */
function dayOf(at: number, { timeZone }: Clock): string {
  return new Intl.DateTimeFormat('en-CA', {
    ...(timeZone === undefined ? {} : { timeZone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at * 1000)
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
