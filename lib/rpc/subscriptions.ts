import { bytesToHex, type Hex } from 'viem'
import { connections } from '@/lib/connection/connections'
import { BaseError } from '@/lib/errors/BaseError'
import type { Database } from '@/lib/storage/database'
import type { SecretMemory } from '@/lib/storage/memory'
import { isSameDocument, type Caller } from '@/lib/rpc/caller'
import type { Head, SubscriptionWanted } from '@/lib/rpc/chainNews'

const prefix = 'subscription:'
const mostOfOrigin = 32
const mostOfAll = 256
/** How often a chain is looked at while somebody listens, in ms. */
const lookEvery = 2000
/** How long a document may be without a port before its subscriptions end, in ms. */
const patience = 30_000

/** What a document listens to. */
export type Subscription = {
  readonly id: Hex
  readonly caller: Caller
  readonly chainId: number
  readonly wanted: SubscriptionWanted
}

/** The subscriptions of all documents. */
export type Subscriptions = {
  /** @throws {TooManySubscriptionsError} -32005. */
  add(caller: Caller, chainId: number, wanted: SubscriptionWanted): Promise<Hex>
  /** @returns Whether the document had it. */
  remove(caller: Caller, id: string): Promise<boolean>
  /** Takes up what an earlier worker left. */
  restore(): Promise<void>
}

/** What the subscriptions need of the rest. */
export type SubscriptionsOptions = {
  readonly database: Database
  readonly memory: SecretMemory
  /** Sends a `message` event to one document. @returns Whether it has a port. */
  send(to: Caller, message: unknown): boolean
  /** What happened on a chain since `since`, and for whom; see `chainNews`. */
  news(
    chainId: number,
    since: Head | null,
    listeners: readonly Subscription[],
  ): Promise<{ head: Head; news: readonly { id: Hex; result: unknown }[] }>
  /** Unix milliseconds. */
  now(): number
  /** Resolves after so many ms. */
  wait(ms: number): Promise<void>
}

/**
 * Creates the owner of `eth_subscribe`: looks at each chain that somebody listens to, and tells the documents. What it keeps is in
 * `storage.session`, and writing it keeps the worker alive while somebody listens.
 */
export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { database, memory, send, news, now, wait } = options
  const all = new Map<Hex, Subscription>()
  const missing = new Map<Hex, number>()
  const heads = new Map<number, Head>()
  let looking = false

  async function end(ids: readonly Hex[]) {
    for (const id of ids) {
      all.delete(id)
      missing.delete(id)
    }
    if (ids.length > 0) await memory.remove(ids.map((id) => prefix + id))
  }

  async function look() {
    if (looking) return
    looking = true
    try {
      while (all.size > 0) {
        await wait(lookEvery)
        await endOutdated()
        for (const chainId of new Set([...all.values()].map((item) => item.chainId))) await tell(chainId)
      }
    } finally {
      looking = false
    }
    const stale = [...heads.keys()].map((chainId) => `${prefix}head ${chainId}`)
    heads.clear()
    await memory.remove(stale)
  }

  async function tell(chainId: number) {
    const listeners = [...all.values()].filter((item) => item.chainId === chainId)
    try {
      const found = await news(chainId, heads.get(chainId) ?? null, listeners)
      heads.set(chainId, found.head)
      await memory.set(`${prefix}head ${chainId}`, found.head)
      for (const { id, result } of found.news) deliver(id, result)
    } catch (error) {
      // Asked again at the next look; a node that is down has no news.
      if (!(error instanceof BaseError)) throw error
    }
  }

  function deliver(id: Hex, result: unknown) {
    const item = all.get(id)
    if (item !== undefined)
      send(item.caller, { type: 'eth_subscription', data: { subscription: id, result } })
  }

  /** Ends what belongs to a document that is gone, or to a site that left the account's chain or was disconnected. */
  async function endOutdated() {
    const ended: Hex[] = []
    for (const { id, caller, chainId } of all.values()) {
      const connection = await connections.get(database, caller.origin)
      if (connection?.chainId !== chainId) ended.push(id)
      else if (send(caller, null)) missing.delete(id)
      else if (!missing.has(id)) missing.set(id, now())
      else if (now() - (missing.get(id) ?? 0) > patience) ended.push(id)
    }
    await end(ended)
  }

  return {
    async add(caller, chainId, wanted) {
      const own = [...all.values()].filter((item) => item.caller.origin === caller.origin)
      if (own.length >= mostOfOrigin || all.size >= mostOfAll) throw new TooManySubscriptionsError()
      const id = bytesToHex(crypto.getRandomValues(new Uint8Array(16)))
      const item: Subscription = { id, caller, chainId, wanted }
      all.set(id, item)
      if (!heads.has(chainId)) await tell(chainId)
      await memory.set(prefix + id, item)
      void look()
      return id
    },
    async remove(caller, id) {
      const item = all.get(id as Hex)
      if (item === undefined || !isSameDocument(item.caller, caller)) return false
      await end([item.id])
      return true
    },
    async restore() {
      for (const key of await memory.keys()) {
        if (!key.startsWith(prefix)) continue
        const value = await memory.get(key)
        if (key.startsWith(`${prefix}head `)) heads.set(Number(key.split(' ')[1]), value as Head)
        else all.set((value as Subscription).id, value as Subscription)
      }
      void look()
    },
  }
}

/** The site listens to as much as it may. */
export class TooManySubscriptionsError extends BaseError {
  override readonly name = 'Rpc.TooManySubscriptionsError'
  constructor() {
    super(`A site can have ${mostOfOrigin} subscriptions. End some with eth_unsubscribe.`, { code: -32005 })
  }
}
