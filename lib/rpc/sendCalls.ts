import type { Hex } from 'viem'
import type { NewApproval, Sponsor } from '@/lib/approval/approval'
import { connections, type Connection } from '@/lib/connection/connections'
import { OperationMissingError } from '@/lib/operation/journal'
import { operations, type OperationRow } from '@/lib/operation/row'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import { askUser, outcomeOf } from '@/lib/rpc/askUser'
import { maySignSilently, type Caller } from '@/lib/rpc/caller'
import type { RpcContext } from '@/lib/rpc/context'
import { SessionOnlyError, SessionUnpaidError, UnauthorizedError, UserRejectedError } from '@/lib/rpc/errors'
import { operationOf } from '@/lib/rpc/operationOf'
import { sealedSessions } from '@/lib/rpc/sealedSessions'
import { sendOperation } from '@/lib/rpc/sendOperation'
import { toDapp } from '@/lib/rpc/toDapp'
import { trySessions } from '@/lib/rpc/trySessions'

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
  const asked = context.approvals.ofRequest(caller.requestId)
  if (asked?.request.kind === 'transaction')
    return approved(context, outcomeOf(context, asked), asked.request.refusal)
  const earlier = await operationOf(context, request.callsId)
  if (earlier !== undefined && earlier.status !== 'reserved') return sendOperation(context, earlier)
  let refusal: Refusal | null = null
  let sessionId: Hex | null = null
  while (maySignSilently(caller)) {
    const result = await trySessions(context, request)
    if (result.outcome === 'signed') return sendOperation(context, result.row)
    if (result.outcome === 'locked') {
      if (request.sessionOnly) throw new SessionOnlyError({ rule: 'SessionNotActive', status: 'locked' })
      await askUser(context, await unlockFor(context, request))
      await checkConnected(context, request)
      continue
    }
    if (result.outcome === 'unpaid' && request.sessionOnly) throw new SessionUnpaidError(result.message)
    if (result.outcome === 'refused') {
      refusal = result.refusal
      sessionId = result.session?.id ?? null
    }
    break
  }
  if (request.sessionOnly) throw new SessionOnlyError(refusal)
  return approved(context, askUser(context, transactionFor(request, refusal, sessionId)), refusal)
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
      ? new UserRejectedError(toDapp({ refusal }))
      : error
  })
  const row = operationId === null ? undefined : await operations.get(context.database, operationId)
  if (row === undefined) throw new OperationMissingError()
  return row
}

function transactionFor(
  { caller, connection, calls, callsId, sponsor }: SendRequest,
  refusal: Refusal | null,
  sessionId: Hex | null,
): NewApproval {
  return {
    origin: caller.origin,
    topOrigin: caller.topOrigin,
    metadata: connection.metadata,
    account: connection.account,
    chainId: connection.chainId,
    request: { kind: 'transaction', calls, refusal, sessionId },
    sponsor: sponsor ?? connection.sponsor,
    callsId,
    // Two equal transactions are two transactions: they never join.
    joinKey: `transaction ${caller.requestId}`,
    requestId: caller.requestId,
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
