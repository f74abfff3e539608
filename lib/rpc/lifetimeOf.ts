import type { SessionRow } from '@/lib/session/session'

/** Seconds that a session was approved for. Rows of older versions tell it by their approval, a moment later than the request. */
export function lifetimeOf({ lifetime, spec, createdAt }: SessionRow): number {
  return lifetime ?? Math.max(60, spec.expiresAt - Math.floor(createdAt / 1000))
}
