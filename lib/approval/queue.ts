import { BaseError } from '@/lib/errors/BaseError'
import { fromWire, toWire, type Wire } from '@/lib/messaging/wire'
import type { SecretMemory } from '@/lib/storage/memory'
import type { Approval, ApprovalOutcome, NewApproval } from '@/lib/approval/approval'

const prefix = 'approval:'
const mostOpenPerOrigin = 8
const mostOpen = 32
const mostEnded = 100
/** Of all open approvals together, as JSON: `storage.session` holds 10 MB, and session keys need it too. */
const mostStored = 4_000_000

/** The requests that wait for the user. Every change is in `storage.session` before the promise returns. */
export type ApprovalQueue = {
  /** Loads what an earlier worker left. Call once, first. */
  restore(): Promise<void>
  /** Adds an approval, or joins the open one with the same `joinKey`. A request that asked before gets its approval again. */
  ask(approval: NewApproval): Promise<Approval>
  /** The approval that a page's request asked for, ended or not. */
  ofRequest(requestId: string): Approval | undefined
  get(id: string): Approval | undefined
  /** Open approvals, oldest first. */
  open(): Approval[]
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

  const open = () =>
    [...approvals.values()]
      .filter((item) => item.outcome === undefined)
      .sort((a, b) => a.createdAt - b.createdAt)

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

  async function forgetOldest() {
    const ended = [...approvals.values()].filter((item) => item.outcome !== undefined)
    const surplus = ended
      .sort((a, b) => a.createdAt - b.createdAt)
      .slice(0, Math.max(0, ended.length - mostEnded))
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
      const joined = open().find(
        (item) => item.joinKey === approval.joinKey && item.operationId === undefined,
      )
      if (joined !== undefined)
        return requestId === null
          ? joined
          : this.update(joined.id, { requestIds: [...joined.requestIds, requestId] })
      const ofOrigin = open().filter((item) => item.origin === approval.origin)
      if (ofOrigin.length >= mostOpenPerOrigin || open().length >= mostOpen) throw new TooManyApprovalsError()
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
    ofRequest(requestId) {
      return [...approvals.values()].find((item) => item.requestIds.includes(requestId))
    },
    get(id) {
      return approvals.get(id)
    },
    open,
    async update(id, change) {
      const changed = { ...existing(id), ...change }
      await store(changed)
      return changed
    },
    async end(id, outcome) {
      const approval = existing(id)
      if (approval.outcome !== undefined) return
      try {
        await store(endOf(approval, outcome))
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

const sizeOf = (approval: Approval) => JSON.stringify(toWire(approval)).length

/** An ended approval is kept for the answer that it gives to its requests, not for what it showed. */
function endOf({ sponsor: _, ...approval }: Approval, outcome: ApprovalOutcome): Approval {
  const { request } = approval
  const ended = { ...approval, metadata: {}, outcome }
  if (request.kind === 'transaction')
    return { ...ended, request: { ...request, calls: [], widening: undefined } }
  if (request.kind === 'message') return { ...ended, request: { ...request, message: '0x' } }
  if (request.kind === 'typed-data') return { ...ended, request: { ...request, typedData: noTypedData } }
  if (request.kind !== 'session') return ended
  const spec = { ...request.spec, transferPolicies: [], callPolicies: [] }
  const instead = request.instead && { ...request.instead, calls: [], widening: undefined }
  return { ...ended, request: { ...request, spec, functions: {}, instead } }
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
