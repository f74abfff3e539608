import type { SessionSpec } from '@/lib/policy/spec'

/** An ephemeral session lasts at most this long, in seconds. */
const longest = 24 * 60 * 60

/**
 * The spec of a session whose key cannot be stored: it ends with the browser, and after 24 hours at the latest.
 *
 * @param now - Unix seconds, chain time.
 */
export function ephemeralSpec(spec: SessionSpec, now: number): SessionSpec {
  return { ...spec, expiresAt: Math.min(spec.expiresAt, now + longest) }
}
