import type { Address } from 'viem'
import type { Network } from '@/lib/chains/network'
import { readNonce } from '@/lib/operation/readNonce'
import { isUnderWay } from '@/lib/operation/row'
import { unsettledOf } from '@/lib/operation/unsettled'
import type { Database } from '@/lib/storage/database'

/** What a lane is wanted for. */
export type LaneRequest = {
  readonly network: Network
  readonly account: Address
  /** Nonce key of the n-th lane, 192 bits. */
  nonceKey(lane: number): bigint
  /** Most operations of one validator of the account under way at once; 1 when all of a signer's share one nonce key. */
  readonly lanes: number
  /** True for the operation that deploys the account: it goes alone. */
  readonly exclusive: boolean
}

/** A free lane, kept for its holder until it is released: once the operation's row is in the journal, or was given up. */
export type LaneHold = {
  readonly lane: number
  readonly nonceKey: bigint
  /** The nonce to use: key and next sequence. */
  readonly nonce: bigint
  release(): void
}

/** The nonce lanes of all accounts: one operation in flight in each, the rest wait in order of arrival. */
export type Lanes = {
  /**
   * Waits for a lane. Requests of one validator of one account are served in order of arrival.
   *
   * @throws {UnreachableError} The lane's nonce is not known and the node does not answer.
   */
  acquire(request: LaneRequest): Promise<LaneHold>
  /**
   * Tells that an operation left its lane: with `used`, its nonce is spent. Wakes those who wait. Told before the journal shows the
   * lane free, so that nobody takes the old nonce again, and once more after, for those who wait.
   */
  leave(row: { account: Address; chainId: number; nonceKey: bigint; nonce: bigint }, used: boolean): void
}

/** Makes the lanes over a journal. Rows with an open fate keep their lane, also across a restart. */
export function createLanes(database: Database): Lanes {
  const held = new Map<string, Set<bigint>>()
  const sleepers = new Map<string, Set<() => void>>()
  const turns = new Map<string, Promise<unknown>>()
  const nextNonce = new Map<string, bigint>()

  const accountOf = (account: Address, chainId: number) => `${chainId}:${account.toLowerCase()}`
  const wake = (place: string) => {
    for (const resume of sleepers.get(place) ?? []) resume()
    sleepers.delete(place)
  }
  const sleep = (place: string) =>
    new Promise<void>((resume) => sleepers.set(place, (sleepers.get(place) ?? new Set()).add(resume)))

  async function freeLane({
    network,
    account,
    nonceKey,
    lanes,
    exclusive,
  }: LaneRequest): Promise<number | null> {
    const place = accountOf(account, network.chainId)
    // Before the journal is read: a hold that becomes a row meanwhile must be seen as the one or the other.
    const holds = new Set(held.get(place))
    const rows = await unsettledOf(database, account, network.chainId)
    for (const key of held.get(place) ?? []) holds.add(key)
    // A deployment goes first and alone: whoever comes beside it would be refused (AA10, AA20).
    if (rows.some((row) => row.userOp.factory !== undefined && isUnderWay(row))) return null
    if (exclusive && (rows.some(isUnderWay) || holds.size > 0)) return null
    const validator = nonceKey(0) >> 32n
    const busy = new Set([...rows.map((row) => row.nonceKey), ...holds])
    // What a bundler refused or left out keeps its nonce until the chain shows it dead, but is not under way.
    const underWay = rows.filter((row) => row.nonceKey >> 32n === validator && isUnderWay(row)).length
    const waiting = [...holds].filter((key) => key >> 32n === validator).length
    if (underWay + waiting >= lanes) return null
    // What is not under way keeps nobody from the only lane: the next operation gets the same nonce, and only one can be included.
    if (lanes === 1) return 0
    for (let lane = 0; ; lane++) if (!busy.has(nonceKey(lane))) return lane
  }

  async function take(request: LaneRequest): Promise<LaneHold> {
    const place = accountOf(request.account, request.network.chainId)
    let lane: number | null = null
    while (lane === null) {
      // Asleep before looking, so that a lane freed meanwhile wakes it.
      const woken = sleep(place)
      lane = await freeLane(request)
      if (lane === null) await woken
    }
    const nonceKey = request.nonceKey(lane)
    const holds = held.get(place) ?? new Set()
    held.set(place, holds.add(nonceKey))
    const release = () => {
      if (holds.delete(nonceKey)) wake(place)
    }
    try {
      const name = `${place}:${nonceKey}`
      const nonce = nextNonce.get(name) ?? (await readNonce(request.network, request.account, nonceKey))
      nextNonce.set(name, nonce)
      return { lane, nonceKey, nonce, release }
    } catch (error) {
      release()
      throw error
    }
  }

  return {
    acquire(request) {
      const queue = `${accountOf(request.account, request.network.chainId)}:${request.nonceKey(0) >> 32n}`
      const turn = (turns.get(queue) ?? Promise.resolve()).then(() => take(request))
      turns.set(
        queue,
        turn.catch(() => undefined),
      )
      return turn
    },
    leave({ account, chainId, nonceKey, nonce }, used) {
      const place = accountOf(account, chainId)
      const name = `${place}:${nonceKey}`
      // Told twice, or late: never back to a nonce that is spent.
      if (!used) nextNonce.delete(name)
      else if ((nextNonce.get(name) ?? 0n) <= nonce) nextNonce.set(name, nonce + 1n)
      wake(place)
    },
  }
}
