import type { SecretMemory } from '@/lib/storage/memory'

/** `storage.session` for tests outside a browser. */
export function createTestMemory(): SecretMemory & { content: Map<string, unknown> } {
  const content = new Map<string, unknown>()
  return {
    content,
    get: async (key) => content.get(key),
    set: async (key, value) => void content.set(key, structuredClone(value)),
    remove: async (keys) => keys.forEach((key) => content.delete(key)),
    keys: async () => [...content.keys()],
  }
}
