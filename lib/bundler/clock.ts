import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { BaseError } from '@/lib/errors/BaseError'

/** A block as it arrived. */
type Sighting = {
  readonly number: bigint
  /** Unix seconds. */
  readonly timestamp: number
  /** Chain time minus this computer's, in seconds, at arrival. */
  readonly ahead: number
  /** `Date.now()` at arrival. */
  readonly seenAt: number
  /** How far `Date.now()` was ahead of a clock that nobody sets, in ms. It changes when this computer's clock is set. */
  readonly setting: number
}

/** The head of a chain. */
export type Head = { readonly number: bigint; /** Unix seconds. */ readonly timestamp: number }

/** Chain time. */
export type Clock = {
  /**
   * Chain time in Unix seconds: `Date.now()` plus the largest (block timestamp − arrival) of the blocks seen in the last ten
   * minutes.
   *
   * @throws {ClockUnknownError} No block of this chain was seen yet: call `refresh` first.
   */
  now(chainId: number): number
  /** Seconds to add to this computer's clock; 0 while nothing is known. For display only. */
  skew(chainId: number): number
  /** The newest block seen, or `null`. */
  head(chainId: number): Head | null
  /**
   * Looks at the chain's newest block, unless one was looked at within `maxAge` ms.
   *
   * @throws {UnreachableError} The node does not answer.
   */
  refresh(network: Network, maxAge?: number): Promise<void>
}

const memory = 10 * 60_000
/** Difference of settings that is no more than drift, in ms. */
const drift = 1000

const setting = () => Date.now() - performance.now()
/** Whether this computer's clock still is as it was: set to another time, it makes earlier comparisons with it worthless. */
const isComparable = (sighting: Sighting) => Math.abs(setting() - sighting.setting) < drift

/** Makes a clock that knows no chain yet. */
export function createClock(): Clock {
  const sightings = new Map<number, Sighting[]>()
  const running = new Map<number, Promise<void>>()

  async function look(network: Network): Promise<void> {
    const client = publicClient(network)
    try {
      // The pending block carries the time that the next transaction would see: a chain that stands idle is not late. A node
      // that offers none leaves the latest block, a lower bound.
      const [latest, pending] = await Promise.all([
        client.getBlock({ blockTag: 'latest' }),
        client.getBlock({ blockTag: 'pending' }).catch(() => null),
      ])
      const seenAt = Date.now()
      const newest = Number(latest.timestamp)
      const timestamp = Math.max(newest, Number(pending?.timestamp ?? 0n))
      const earlier = sightings.get(network.chainId) ?? []
      // A chain that went back (a snapshot was restored) makes its old sightings worthless.
      const kept = earlier.some(({ number }) => number > latest.number + 64n)
        ? []
        : earlier.filter((sighting) => isComparable(sighting) && seenAt - sighting.seenAt < memory)
      const ahead = timestamp - seenAt / 1000
      const sighting = { number: latest.number, timestamp: newest, ahead, seenAt, setting: setting() }
      sightings.set(network.chainId, [...kept, sighting])
    } catch (cause) {
      throw new UnreachableError('node', network.name, network.rpcUrl, cause)
    }
  }

  const ahead = (chainId: number) => {
    const known = sightings.get(chainId) ?? []
    return known.length === 0 ? null : Math.max(...known.map((sighting) => sighting.ahead))
  }

  return {
    now(chainId) {
      const skew = ahead(chainId)
      if (skew === null) throw new ClockUnknownError(chainId)
      return Math.floor(Date.now() / 1000 + skew)
    },
    skew: (chainId) => Math.round(ahead(chainId) ?? 0),
    head: (chainId) => sightings.get(chainId)?.at(-1) ?? null,
    async refresh(network, maxAge = 0) {
      const last = sightings.get(network.chainId)?.at(-1)
      if (last !== undefined && isComparable(last) && Date.now() - last.seenAt < maxAge) return
      const looking =
        running.get(network.chainId) ?? look(network).finally(() => running.delete(network.chainId))
      running.set(network.chainId, looking)
      await looking
    },
  }
}

/** Chain time was asked for before any block was seen. */
export class ClockUnknownError extends BaseError {
  override readonly name = 'Bundler.ClockUnknownError'

  constructor(chainId: number) {
    super(
      `The time of chain ${chainId} is not known yet, so nothing can be checked against its periods. Try again.`,
      {
        code: 4901,
      },
    )
  }
}
