import type { Address, Hex } from 'viem'
import type { AppliedRule } from '@/lib/policy/appliedRule'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import type { Database } from '@/lib/storage/database'
import { table } from '@/lib/storage/table'
import type { Transaction } from '@/lib/storage/transact'

/** Something that was signed: by which key, under which rule, and what became of it. */
export type ActivityRow = {
  /** The operation's id; a message's own. */
  readonly id: string
  /** When it was signed, in Unix milliseconds. */
  readonly at: number
  /** `null` when the wallet itself asked. */
  readonly origin: string | null
  /** Lower case. */
  readonly account: Address
  readonly chainId: number
  readonly signedBy: 'passkey' | 'session'
  readonly sessionId?: Hex | undefined
  /** Sessions that the operation creates or revokes. */
  readonly sessionIds?: readonly Hex[] | undefined
  /** Sessions that it revokes beside creating one. */
  readonly replacesIds?: readonly Hex[] | undefined
  /** `message`: a signature that is no operation; `calls` is empty then, and `status` is `final`. */
  readonly purpose: 'calls' | 'create-session' | 'revoke' | 'add-passkey' | 'remove-passkey' | 'message'
  /** For `message`: its first line. */
  readonly excerpt?: string | undefined
  readonly calls: readonly Call[]
  readonly status: 'reserved' | 'signed' | 'sent' | 'included' | 'final' | 'failed' | 'void'
  /** The rule that kept the session from signing, when the owner approved it once instead. */
  readonly refusal?: Refusal | undefined
  /** Under which of the session's policies it was signed, and what that left. */
  readonly rule?: AppliedRule | undefined
  readonly userOpHash?: Hex | undefined
  readonly transactionHash?: Hex | undefined
  /** In gas units, of the whole user operation. */
  readonly gasUsed?: bigint | undefined
  /** In wei, as the chain charged it. */
  readonly fee?: bigint | undefined
  readonly payer?: 'account' | 'sponsor' | undefined
  /** Credential of the passkey that signed. */
  readonly passkey?: Hex | undefined
  readonly error?: string | undefined
}

/** Where an entry stands in the list. */
export type ActivityPlace = Pick<ActivityRow, 'at' | 'id'>

/** Activity by operation; index `byAt`. */
const activity = table<ActivityRow>('activity')

/** Writes an entry, or replaces the operation's earlier one, inside the transaction that changes the operation. */
export async function recordActivity(transaction: Transaction, row: ActivityRow): Promise<void> {
  await activity.put(transaction, row)
}

/**
 * The latest entries, newest first.
 *
 * @param limit - Most entries to return.
 * @param before - Only what stands after this one in the list: older entries.
 */
export function listActivity(
  database: Database,
  limit: number,
  before?: ActivityPlace,
): Promise<ActivityRow[]> {
  const place = before && { value: before.at, key: before.id }
  return activity.last(database, 'byAt', limit, place)
}
