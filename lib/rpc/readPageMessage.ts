import type { PageToBackground } from '@/lib/messaging/page'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const longestMethod = 200
/** Above what content scripts let through: 1 MB of JSON, 64 levels. */
const mostRoom = 2_000_000
const deepest = 65

/**
 * Reads a message of a content script. Content scripts send well-formed ones; a page that broke out of its renderer may send
 * anything.
 *
 * @returns `null` for what no content script sends.
 */
export function readPageMessage(raw: unknown): PageToBackground | null {
  if (typeof raw !== 'object' || raw === null || !('type' in raw)) return null
  if (raw.type === 'ping') return { type: 'ping' }
  if (raw.type === 'leave') return { type: 'leave' }
  if (!('id' in raw) || typeof raw.id !== 'string' || !uuid.test(raw.id)) return null
  if (raw.type === 'attach') return { type: 'attach', id: raw.id }
  if (raw.type !== 'request' || !('method' in raw) || typeof raw.method !== 'string') return null
  if (raw.method.length > longestMethod) return null
  const params = 'params' in raw ? raw.params : undefined
  return roomAfter(params, mostRoom, deepest) < 0
    ? null
    : { type: 'request', id: raw.id, method: raw.method, params }
}

/** Room left after a value, counted in characters and one for each member; negative when it is too large or too deep. Stops there. */
function roomAfter(value: unknown, room: number, levels: number): number {
  if (typeof value === 'string') return room - value.length
  if (typeof value !== 'object' || value === null) return room - 1
  if (levels === 0) return -1
  if (Array.isArray(value) && value.length > room) return -1
  let left = room - 1
  // What a port delivers are plain objects. Their members are not listed first: there may be millions.
  for (const key in value) {
    left = roomAfter(value[key as keyof typeof value], left - key.length, levels - 1)
    if (left < 0) break
  }
  return left
}
