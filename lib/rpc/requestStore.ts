import type { Caller } from '@/lib/rpc/caller'
import { TooManyRequestsError } from '@/lib/rpc/TooManyRequestsError'
import type { SecretMemory } from '@/lib/storage/memory'

const prefix = 'request:'
/** Of the requests of one origin, and of all, as JSON: `storage.session` holds 10 MB, and session keys need it too. */
const mostOfOrigin = 1_500_000
const mostOfAll = 4_000_000

/** A request that may have to outlive the worker. */
export type StoredRequest = { readonly method: string; readonly params: unknown; readonly caller: Caller }

/** The open requests in `storage.session`. */
export type RequestStore = {
  /** @throws {TooManyRequestsError} No room: nothing was stored, and the request must not be handled. */
  put(request: StoredRequest): Promise<void>
  get(id: string): Promise<StoredRequest | undefined>
  remove(id: string): Promise<void>
  /** Ids of all that are stored. */
  ids(): Promise<string[]>
}

/** Creates the store. It counts what this worker stored; what an earlier one left counts once it is attached to. */
export function createRequestStore(memory: SecretMemory): RequestStore {
  const sizes = new Map<string, { readonly origin: string; readonly size: number }>()
  const sizeOf = (list: { readonly size: number }[]) => list.reduce((sum, { size }) => sum + size, 0)

  return {
    async put(request) {
      const { origin, requestId } = request.caller
      const size = JSON.stringify(request).length
      sizes.delete(requestId)
      const all = [...sizes.values()]
      const own = all.filter((stored) => stored.origin === origin)
      if (sizeOf(own) + size > mostOfOrigin || sizeOf(all) + size > mostOfAll)
        throw new TooManyRequestsError()
      sizes.set(requestId, { origin, size })
      await memory.set(prefix + requestId, request)
    },
    get: async (id) => (await memory.get(prefix + id)) as StoredRequest | undefined,
    async remove(id) {
      sizes.delete(id)
      await memory.remove([prefix + id])
    },
    ids: async () =>
      (await memory.keys()).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)),
  }
}
