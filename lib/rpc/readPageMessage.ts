import type { PageToBackground } from '@/lib/messaging/page'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const longestMethod = 200

/**
 * Reads a message of a content script. Content scripts send well-formed ones; a page that broke out of its renderer may send
 * anything.
 *
 * @returns `null` for what no content script sends.
 */
export function readPageMessage(raw: unknown): PageToBackground | null {
  if (typeof raw !== 'object' || raw === null || !('type' in raw)) return null
  if (raw.type === 'ping') return { type: 'ping' }
  if (!('id' in raw) || typeof raw.id !== 'string' || !uuid.test(raw.id)) return null
  if (raw.type === 'attach') return { type: 'attach', id: raw.id }
  if (raw.type !== 'request' || !('method' in raw) || typeof raw.method !== 'string') return null
  if (raw.method.length > longestMethod) return null
  return { type: 'request', id: raw.id, method: raw.method, params: 'params' in raw ? raw.params : undefined }
}
