import ms, { type StringValue } from 'ms'
import { PreferencesError } from '@/lib/session/preferences/PreferencesError'
import { isQuantity, readQuantity } from '@/lib/session/preferences/readQuantity'

/** Life of a session whose site names no end, in seconds. */
const defaultLifetime = 24 * 3600
/** Shortest and longest life of a session, in seconds. The longest is the contracts' rule. */
const shortestLifetime = 60
const longestLifetime = 365 * 24 * 3600

const isoDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/**
 * Reads when a session ends: a duration ("8 hours", by npm `ms`), an ISO date, or unix seconds.
 *
 * @param now - Unix seconds.
 * @returns Unix seconds.
 * @throws {PreferencesError} Unparsable, less than a minute or more than 365 days from now.
 */
export function readExpiry(value: unknown, path: string, now: number): number {
  const expiresAt = value === undefined ? now + defaultLifetime : readInstant(value, path, now)
  if (expiresAt <= now) throw new PreferencesError(path, 'has passed. Give a time in the future.')
  if (expiresAt < now + shortestLifetime)
    throw new PreferencesError(path, 'is too soon. A session lasts at least one minute.')
  if (expiresAt > now + longestLifetime)
    throw new PreferencesError(path, 'is too late. A session lasts at most 365 days.')
  return expiresAt
}

/**
 * Reads the length of a period: a duration ("1 day", by npm `ms`) or a number of seconds.
 *
 * @returns Whole seconds, at least 1.
 * @throws {PreferencesError} Unparsable, zero, negative, or not in whole seconds.
 */
export function readPeriod(value: unknown, path: string): number {
  const seconds = isQuantity(value) ? Number(readQuantity(value, path, 4)) : readDuration(value, path)
  if (!Number.isInteger(seconds) || seconds < 1 || seconds >= 2 ** 32)
    throw new PreferencesError(path, 'must be at least one second, in whole seconds.')
  return seconds
}

function readInstant(value: unknown, path: string, now: number): number {
  if (isQuantity(value)) return Number(readQuantity(value, path, 6))
  if (typeof value === 'string' && isoDate.test(value)) {
    const instant = Date.parse(value)
    if (Number.isNaN(instant)) throw new PreferencesError(path, 'is not a date. Use ISO 8601.')
    return Math.floor(instant / 1000)
  }
  const seconds = Math.floor(readDuration(value, path))
  if (seconds < 1) throw new PreferencesError(path, 'must be a duration greater than zero.')
  return now + seconds
}

/** Seconds, not rounded. */
function readDuration(value: unknown, path: string): number {
  const text = typeof value === 'string' ? value.trim() : ''
  // `ms` throws at an empty or very long text, and answers undefined to one that it cannot read.
  const duration = text !== '' && text.length <= 100 ? ms(text as StringValue) : undefined
  if (!Number.isFinite(duration) || duration === undefined)
    throw new PreferencesError(path, 'is not understood. Use a duration such as "8 hours", or seconds.')
  return duration / 1000
}
