import type { Approval, NewApproval, Sponsor } from '@/lib/approval/approval'
import { getNetwork } from '@/lib/chains/networks'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { connections, type Connection } from '@/lib/connection/connections'
import { OperationMissingError } from '@/lib/operation/journal'
import { operations, type OperationRow } from '@/lib/operation/row'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import type { Unpaid } from '@/lib/policy/unpaid'
import { askUser, outcomeOf, showApproval } from '@/lib/rpc/askUser'
import { maySignSilently, type Caller } from '@/lib/rpc/caller'
import { checkSessions } from '@/lib/rpc/checkSessions'
import type { RpcContext } from '@/lib/rpc/context'
import { SessionOnlyError, SessionUnpaidError, UnauthorizedError, UserRejectedError } from '@/lib/rpc/errors'
import { countRefusal } from '@/lib/rpc/countRefusal'
import { operationOf } from '@/lib/rpc/operationOf'
import { refusalForDapp } from '@/lib/rpc/refusalForDapp'
import { sealedSessions } from '@/lib/rpc/sealedSessions'
import { BundlerRefusedError, sendOperation } from '@/lib/rpc/sendOperation'
import { trySessions, type SessionResult } from '@/lib/rpc/trySessions'
import { wideningFor } from '@/lib/rpc/wideningFor'

/** Calls that a connected site sends. */
export type SendRequest = {
  readonly caller: Caller
  readonly connection: Connection
  readonly calls: readonly Call[]
  /** Unique name of these calls; the operation is found by it again. */
  readonly callsId: string
  readonly sponsor?: Sponsor | undefined
  /** Refuse what the session does not allow, instead of asking the owner. */
  readonly sessionOnly?: boolean | undefined
}

/**
 * Gets calls signed and accepted by a bundler: by a session that allows them, else by the owner, who is shown the reason. Safe to
 * run again for the same request.
 *
 * @returns The journal row; what becomes of it is `settled`'s to tell.
 * @throws {UserRejectedError} 4001, with the refusal in `data`.
 * @throws {SessionOnlyError} 4100 with the refusal in `data`, when `sessionOnly`.
 * @throws {SessionUnpaidError} -32003: a session allows it and nobody pays, when `sessionOnly`.
 */
export async function sendCalls(context: RpcContext, request: SendRequest): Promise<OperationRow> {
  const { caller } = request
  const asked = lastAsked(context, caller.requestId)
  if (asked !== undefined && !(await isWidened(context, asked)))
    return approved(context, outcomeOf(context, asked), refusalOf(asked))
  const earlier = await operationOf(context, request.callsId)
  if (earlier !== undefined && earlier.status !== 'reserved') return sendOperation(context, earlier)
  let refused: Refused = { refusal: null, session: null, known: true }
  while (maySignSilently(caller)) {
    const result = await trySessions(context, request)
    if (result.outcome === 'signed') return sendSigned(context, result.row)
    if (result.outcome === 'locked') {
      if (request.sessionOnly) throw new SessionOnlyError({ rule: 'SessionNotActive', status: 'locked' })
      await askUser(context, await unlockFor(context, request))
      await checkConnected(context, request)
      continue
    }
    if (result.outcome === 'unpaid') {
      if (request.sessionOnly) throw new SessionUnpaidError(result.unpaid)
      refused = { refusal: null, session: result.session, known: true, unpaid: result.unpaid }
    }
    if (result.outcome === 'refused') {
      refused = result
      const { session, refusal } = result
      if (session !== null && refusal !== null) await countRefusal(context, session, refusal)
    }
    break
  }
  const { refusal } = refused
  if (request.sessionOnly) throw new SessionOnlyError(refusal)
  const approval = await showApproval(context, await transactionFor(context, request, refused, asked))
  if (await isWidened(context, approval)) {
    await checkConnected(context, request)
    return sendCalls(context, request)
  }
  return approved(context, outcomeOf(context, approval), refusal)
}

/** Why no session signs, and which one came closest. `unpaid`: it allows the calls, and nobody pays. */
type Refused = Pick<Extract<SessionResult, { outcome: 'refused' }>, 'refusal' | 'session' | 'known'> & {
  readonly unpaid?: Unpaid | undefined
}

/**
 * Waits for the end of an approval, and tells whether the owner approved a wider session instead of the calls: it is on the chain then,
 * and the calls are still to be signed.
 */
async function isWidened(context: RpcContext, { id }: Approval): Promise<boolean> {
  const { kind } = await context.approvals.outcome(id)
  return kind === 'approved' && context.approvals.get(id)?.request.kind === 'session'
}

/** The newest approval of a request: one that led to a wider session may be followed by another, named after it. */
function lastAsked({ approvals }: RpcContext, requestId: string): Approval | undefined {
  let last = approvals.ofRequest(requestId)
  for (let next = last; next !== undefined; next = approvals.ofRequest(nameAfter(requestId, next)))
    last = next
  return last
}

const nameAfter = (requestId: string, { id }: Approval) => `${requestId} after ${id}`

/** A bundler's refusal may mean that the session was closed elsewhere: that is looked up, so that the next request is told. */
async function sendSigned(context: RpcContext, row: OperationRow): Promise<OperationRow> {
  if (row.sessionId !== null) context.signedNotices.signed(row.sessionId, row)
  try {
    return await sendOperation(context, row)
  } catch (error) {
    if (error instanceof BundlerRefusedError) {
      const network = await getNetwork(context.database, row.chainId)
      await checkSessions(context, network, row.account, 0).catch((silence: unknown) => {
        if (!(silence instanceof UnreachableError)) throw silence
      })
    }
    throw error
  }
}

function refusalOf({ request }: Approval): Refusal | null {
  const transaction = request.kind === 'session' ? request.instead : request
  return transaction?.kind === 'transaction' ? transaction.refusal : null
}

/** Disconnecting a site ends its access at once, also while its request waits for an unlock. */
async function checkConnected(context: RpcContext, { caller, connection }: SendRequest): Promise<void> {
  const current = await connections.get(context.database, caller.origin)
  if (current?.account !== connection.account || current.chainId !== connection.chainId)
    throw new UnauthorizedError()
}

async function approved(
  context: RpcContext,
  outcome: ReturnType<typeof askUser>,
  refusal: Refusal | null,
): Promise<OperationRow> {
  const { operationId } = await outcome.catch((error: unknown) => {
    throw error instanceof UserRejectedError && refusal !== null
      ? new UserRejectedError(refusalForDapp(refusal))
      : error
  })
  const row = operationId === null ? undefined : await operations.get(context.database, operationId)
  if (row === undefined) throw new OperationMissingError()
  return row
}

/** @param before - The approval of this request that led to a wider session; the name of the next one must be another. */
async function transactionFor(
  context: RpcContext,
  { caller, connection, calls, callsId, sponsor }: SendRequest,
  { refusal, session, known, unpaid }: Refused,
  before: Approval | undefined,
): Promise<NewApproval> {
  const network = await getNetwork(context.database, connection.chainId)
  const requestId = before === undefined ? caller.requestId : nameAfter(caller.requestId, before)
  const widening =
    refusal === null || session === null
      ? undefined
      : await wideningFor(context, { network, session, calls, refusal, known })
  return {
    origin: caller.origin,
    topOrigin: caller.topOrigin,
    metadata: connection.metadata,
    account: connection.account,
    chainId: connection.chainId,
    request: { kind: 'transaction', calls, refusal, sessionId: session?.id ?? null, widening, unpaid },
    sponsor: sponsor ?? connection.sponsor,
    callsId,
    // Two equal transactions are two transactions: they never join.
    joinKey: `transaction ${requestId}`,
    requestId,
  }
}

async function unlockFor(context: RpcContext, { caller, connection }: SendRequest): Promise<NewApproval> {
  return {
    origin: caller.origin,
    topOrigin: caller.topOrigin,
    metadata: connection.metadata,
    account: connection.account,
    chainId: connection.chainId,
    request: { kind: 'unlock', sessions: await sealedSessions(context, connection.account) },
    joinKey: `unlock ${connection.account}`,
    requestId: `${caller.requestId} unlock ${context.now()}`,
  }
}
