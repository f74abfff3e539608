import { operations, type OperationRow } from '@/lib/operation/row'
import type { Call } from '@/lib/policy/call'
import { guardVerdict, type GuardedOperation } from '@/lib/policy/guardVerdict'
import type { GuardRefusal } from '@/lib/policy/refusal'
import { readSettings } from '@/lib/settings/settings'
import type { Source } from '@/lib/storage/transact'

/** What is judged. */
export type JudgeGuardsRequest = {
  readonly chainId: number
  readonly calls: readonly Call[]
  /** Unix seconds of the chain. */
  readonly timestamp: number
}

/** A chain's clock never runs slower than this computer's (`lib/bundler/clock`): its day began within two of the computer's. */
const lookBack = 2 * 86_400_000

/**
 * Judges an operation of a session against the user's own limits, by what the journal has of all sessions: reserved or settled. One
 * that was given up unsigned counts for nothing.
 *
 * @param source - The transaction that then reserves, or the database for a first look.
 */
export async function judgeGuards(source: Source, request: JudgeGuardsRequest): Promise<GuardRefusal | null> {
  const { guards } = await readSettings(source)
  if (guards.perMinute === null && guards.daily.length === 0) return null
  const now = Date.now()
  const rows = await operations.index(source, 'byCreatedAt', IDBKeyRange.lowerBound(now - lookBack))
  return guardVerdict({ ...request, guards, now, operations: rows.filter(isGuarded).map(guarded) })
}

const isGuarded = ({ sessionId, status, userOp }: OperationRow) =>
  sessionId !== null && (status !== 'void' || userOp.signature !== '0x')

function guarded({ chainId, calls, signedAt, createdAt, status }: OperationRow): GuardedOperation {
  return {
    chainId,
    calls,
    signedAt: signedAt ?? Math.floor(createdAt / 1000),
    createdAt,
    isVoid: status === 'void',
  }
}
