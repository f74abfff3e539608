import { backOff } from '@/lib/approval/backOff'
import { BaseError } from '@/lib/errors/BaseError'
import { fromWire, toWire, type Wire } from '@/lib/messaging/wire'
import type { SecretMemory } from '@/lib/storage/memory'
import type { Approval, ApprovalOutcome, NewApproval } from '@/lib/approval/approval'

const prefix = 'approval:'
const mostOpenPerSite = 8
const mostOpen = 32
/** Requests of pages that wait for one approval. */
const mostJoined = 32
const mostEnded = 100
/** Requests of which it is remembered that they came, or were withdrawn. */
const mostRemembered = 1000
/** Of all open approvals together, as JSON: `storage.session` holds 10 MB, and session keys need it too. */
const mostStored = 4_000_000

/** The requests that wait for the user. Every change is in `storage.session` before the promise returns. */
export type ApprovalQueue = {
  /** Loads what an earlier worker left. Call once, first. */
  restore(): Promise<void>
  /** Adds an approval, or joins the open one with the same `joinKey`. A request that asked before gets its approval again. */
  ask(approval: NewApproval): Promise<Approval>
  /**
   * Says when a page's request came, in Unix milliseconds, before it waited for its turn: what was on its way when the owner refused
   * its site does not open the window again.
   */
  arrived(requestId: string, at: number): void
  /** The page of this request is gone: what it has not asked yet, it asks no more. */
  withdraw(requestId: string): void
  /** The approval that a page's request asked for, ended or not. */
  ofRequest(requestId: string): Approval | undefined
  get(id: string): Approval | undefined
  /** Open approvals, oldest first. */
  open(): Approval[]
  /** Those that ended, as far as they are remembered, newest end first. */
  ended(): Approval[]
  update(id: string, change: Partial<Omit<Approval, 'id' | 'outcome'>>): Promise<Approval>
  /** Ends an approval. An approval ends once; a second outcome is ignored. */
  end(id: string, outcome: ApprovalOutcome): Promise<void>
  /** Resolves when the approval has ended. */
  outcome(id: string): Promise<ApprovalOutcome>
}

/**
 * Creates the queue.
 *
 * @param onChange - Called after every change.
 */
export function createApprovalQueue(memory: SecretMemory, onChange: () => void): ApprovalQueue {
  const approvals = new Map<string, Approval>()
  const waiting = new Map<string, ((outcome: ApprovalOutcome) => void)[]>()
  const withdrawn = new Set<string>()
  const arrivals = new Map<string, number>()

  const open = () =>
    [...approvals.values()]
      .filter((item) => item.outcome === undefined)
      .sort((a, b) => a.createdAt - b.createdAt)

  const allEnded = () => [...approvals.values()].filter((item) => item.outcome !== undefined)

  async function store(approval: Approval) {
    const before = approvals.get(approval.id)
    approvals.set(approval.id, approval)
    try {
      await memory.set(prefix + approval.id, toWire(approval))
    } catch (error) {
      // What the next worker would not find must not be shown by this one.
      if (before === undefined) approvals.delete(approval.id)
      throw error
    } finally {
      onChange()
    }
  }

  function existing(id: string): Approval {
    const approval = approvals.get(id)
    if (approval === undefined) throw new ApprovalGoneError()
    return approval
  }

  async function join(approval: Approval, requestId: string) {
    if (approval.requestIds.length >= mostJoined) throw new TooManyApprovalsError()
    const joined = { ...approval, requestIds: [...approval.requestIds, requestId] }
    await store(joined)
    return joined
  }

  /** Whether a site may open one more. The wallet's own requests need no room among those of sites. */
  function checkRoom(site: string | null, requestId: string | undefined) {
    if (site === null) return
    const ofSite = open().filter((item) => siteOf(item) === site)
    if (ofSite.length >= mostOpenPerSite || open().length >= mostOpen) throw new TooManyApprovalsError()
    const refusals = refusalsOf(site)
    const wait = backOff(refusals, Date.now())
    const came = arrivals.get(requestId ?? '') ?? Infinity
    if (wait > 0 || refusals.some(({ endedAt }) => endedAt > came)) throw new RefusedLatelyError(wait)
  }

  function refusalsOf(site: string) {
    const own = [...approvals.values()].filter((item) => siteOf(item) === site)
    const agreed = own.filter((item) => item.outcome?.kind === 'approved').map(endOf)
    const since = Math.max(0, ...agreed)
    return own
      .filter((item) => item.outcome?.kind === 'rejected' && endOf(item) > since)
      .map((item) => ({ endedAt: endOf(item) }))
  }

  async function forgetOldest() {
    const all = allEnded()
    const surplus = all
      .sort((a, b) => a.createdAt - b.createdAt)
      .slice(0, Math.max(0, all.length - mostEnded))
    for (const { id } of surplus) approvals.delete(id)
    if (surplus.length > 0) await memory.remove(surplus.map(({ id }) => prefix + id))
  }

  return {
    async restore() {
      for (const key of await memory.keys()) {
        if (!key.startsWith(prefix)) continue
        const approval = fromWire<Approval>((await memory.get(key)) as Wire)
        approvals.set(approval.id, approval)
      }
    },
    async ask({ requestId, ...approval }) {
      const asked = requestId === null ? undefined : this.ofRequest(requestId)
      if (asked !== undefined) return asked
      // An unlock that a request needs first goes under the request's id and a suffix.
      const pageRequest = requestId?.split(' ')[0]
      if (withdrawn.has(pageRequest ?? '')) throw new ApprovalGoneError()
      const joined = open().find(
        (item) => item.joinKey === approval.joinKey && item.operationId === undefined,
      )
      if (joined !== undefined) return requestId === null ? joined : join(joined, requestId)
      checkRoom(siteOf(approval), pageRequest)
      const created: Approval = {
        ...approval,
        id: crypto.randomUUID(),
        requestIds: requestId === null ? [] : [requestId],
        createdAt: Date.now(),
      }
      const stored = [...open(), created].reduce((sum, item) => sum + sizeOf(item), 0)
      if (stored > mostStored) throw new TooManyApprovalsError()
      await store(created)
      return created
    },
    arrived(requestId, at) {
      arrivals.set(requestId, at)
      forgetFirst(arrivals)
    },
    withdraw(requestId) {
      withdrawn.add(requestId)
      forgetFirst(withdrawn)
    },
    ofRequest(requestId) {
      return [...approvals.values()].find((item) => item.requestIds.includes(requestId))
    },
    get(id) {
      return approvals.get(id)
    },
    open,
    ended: () => allEnded().sort((a, b) => endOf(b) - endOf(a)),
    async update(id, change) {
      const changed = { ...existing(id), ...change }
      await store(changed)
      return changed
    },
    async end(id, outcome) {
      const approval = existing(id)
      if (approval.outcome !== undefined) return
      try {
        await store(ended(approval, outcome))
      } finally {
        for (const resolve of waiting.get(id) ?? []) resolve(outcome)
        waiting.delete(id)
      }
      await forgetOldest()
    },
    async outcome(id) {
      const { outcome } = existing(id)
      if (outcome !== undefined) return outcome
      return new Promise((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]))
    },
  }
}

function forgetFirst(memory: Pick<Map<string, unknown>, 'size' | 'keys' | 'delete'>) {
  const [first] = memory.keys()
  if (memory.size > mostRemembered && first !== undefined) memory.delete(first)
}

const sizeOf = (approval: Approval) => JSON.stringify(toWire(approval)).length
const endOf = ({ endedAt }: Approval) => endedAt ?? 0
/** The site that answers for an approval: of a sub-frame's, the one that the tab shows. */
const siteOf = ({ origin, topOrigin }: Pick<Approval, 'origin' | 'topOrigin'>) => topOrigin ?? origin

/** An ended approval is kept for the answer that it gives to its requests, not for what it showed. */
function ended({ sponsor: _, ...approval }: Approval, outcome: ApprovalOutcome): Approval {
  const { request } = approval
  const kept = { ...approval, metadata: {}, outcome, endedAt: Date.now() }
  if (request.kind === 'transaction')
    return { ...kept, request: { ...request, calls: [], widening: undefined } }
  if (request.kind === 'message') return { ...kept, request: { ...request, message: '0x' } }
  if (request.kind === 'typed-data') return { ...kept, request: { ...request, typedData: noTypedData } }
  if (request.kind !== 'session') return kept
  const spec = { ...request.spec, transferPolicies: [], callPolicies: [] }
  const instead = request.instead && { ...request.instead, calls: [], widening: undefined }
  return { ...kept, request: { ...request, spec, asked: undefined, functions: {}, instead } }
}

const noTypedData = { types: {}, primaryType: '', domain: {}, message: {} }

/** The approval is not there any more: it ended, or the browser was restarted. */
export class ApprovalGoneError extends BaseError {
  override readonly name = 'Approval.GoneError'
  constructor() {
    super('This request is no longer open. Ask for it again from the site.', { code: 4900 })
  }
}

/** Too many requests wait for the user already. */
export class TooManyApprovalsError extends BaseError {
  override readonly name = 'Approval.TooManyError'
  constructor() {
    super('Too many requests are waiting for the user. Wait until some are answered.', { code: -32002 })
  }
}

/** The owner refused the site several times in a row. Not -32005, on which libraries ask again by themselves. */
export class RefusedLatelyError extends BaseError {
  override readonly name = 'Approval.RefusedLatelyError'
  /** @param wait - In ms; 0 when only what was on its way is refused. */
  constructor(wait: number) {
    super(
      `The last requests of this site were refused. Ask again in ${Math.max(1, Math.ceil(wait / 1000))} s, and only when the user wants it.`,
      { code: -32002 },
    )
  }
}
