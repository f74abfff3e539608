import type { Address, Hex } from 'viem'
import type { UserOperation } from '@/lib/bundler/userOperation'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import type { AppliedRule } from '@/lib/policy/appliedRule'
import type { Charge } from '@/lib/policy/usage'
import { table } from '@/lib/storage/table'

/** Who pays the fee of an operation. */
export type Payer =
  | { readonly kind: 'account' }
  | {
      readonly kind: 'sponsor'
      readonly by: 'dapp' | 'network'
      readonly name?: string | undefined
      readonly paymaster: Address
    }

/**
 * Life of an operation. `reserved`: its limits are taken, nothing is signed. `signed`: its bytes exist; from here on only the chain
 * can say what becomes of it. `sent`: a bundler took it. `included`: in a block. `final`: in a final block. `failed`: included, its
 * calls reverted, charged all the same. `void`: can never be included.
 */
export type OperationStatus = 'reserved' | 'signed' | 'sent' | 'included' | 'final' | 'failed' | 'void'

/** What the one nonce of a request was signed for: the same calls at another price and with another deadline. */
export type OperationVersion = {
  /** `signature` is `0x` until it is signed. */
  readonly userOp: UserOperation
  readonly userOpHash: Hex
  /** Last second in which it can be included, Unix seconds of the chain: the least of deadline, expiry and period ends. */
  readonly deadline: number
  /**
   * Set where the signature covers no deadline: until when it is to be signed and waited for, Unix seconds of the chain. It may still
   * be included after.
   */
  readonly expectedBy?: number | undefined
  readonly payer: Payer
  /** Under which of the session's policies it was signed, and what that left; absent when a passkey signs. */
  readonly rule?: AppliedRule | undefined
  /** What it takes from the session's limits. */
  readonly charges: readonly Charge[]
}

/** What an operation is for. Removing a passkey revokes the sessions of its `sessionIds` too. */
export type OperationPurpose = 'calls' | 'create-session' | 'revoke' | 'add-passkey' | 'remove-passkey'

/** One operation in the journal: everything that is needed to send the same bytes again. */
export type OperationRow = OperationVersion & {
  /** Random UUID. */
  readonly id: string
  /** `null` when the wallet itself asked. */
  readonly origin: string | null
  /** Lower case. */
  readonly account: Address
  readonly chainId: number
  /** `null` when a passkey signs. */
  readonly sessionId: Hex | null
  readonly purpose: OperationPurpose
  readonly calls: readonly Call[]
  /** Sessions that it creates or revokes. */
  readonly sessionIds?: readonly Hex[] | undefined
  /** Sessions that it revokes beside creating one: `create-session` only. */
  readonly replacesIds?: readonly Hex[] | undefined
  /** Passkey that it adds to the account's owners or removes from them. */
  readonly credentialId?: Hex | undefined
  /** Passkey that signed it. */
  readonly signedWith?: Hex | undefined
  readonly status: OperationStatus
  /** Number of the lane. */
  readonly lane: number
  /** 192 bits. */
  readonly nonceKey: bigint
  /** 256 bits: key and sequence. */
  readonly nonce: bigint
  /** Signed with the same nonce, and not in a block: any of them may still be included instead. */
  readonly others?: readonly OperationVersion[] | undefined
  /** A replacement whose limits are taken and that is not signed. */
  readonly replacement?: OperationVersion | undefined
  /** True while the charges are part of the session's usage: the operation is in a block. */
  readonly settled: boolean
  /** Unix milliseconds. */
  readonly createdAt: number
  /** Chain time of the check that reserved it, Unix seconds; absent when a passkey signs. */
  readonly signedAt?: number | undefined
  /** Newest block when it was made; it cannot be in an earlier one. */
  readonly fromBlock: bigint
  /** The rule that kept the session from signing, when the owner approved it once instead. */
  readonly refusal?: Refusal | undefined
  /** Id of the request for `wallet_getCallsStatus`. */
  readonly dappCallsId?: string | undefined
  readonly transactionHash?: Hex | undefined
  /** Hashes of transactions that included it and that a reorganisation took away: pages may have been told of them. */
  readonly formerHashes?: readonly Hex[] | undefined
  readonly blockNumber?: bigint | undefined
  /** True once a `failed` operation's block is final; an included one is `final` then. */
  readonly isFinal?: boolean | undefined
  /** In gas units. */
  readonly gasUsed?: bigint | undefined
  /** In wei, as the chain charged it to account or sponsor. */
  readonly cost?: bigint | undefined
  readonly success?: boolean | undefined
  /** A bundler's refusal of the signed operation; proves nothing. */
  readonly rejected?: { readonly code: number; readonly message: string } | undefined
  /** The newest block shows that it is dead, a final one does not yet: nobody waits for it, and nothing is released. */
  readonly overdue?: boolean | undefined
  /** A block that had it is gone: what a bundler remembers of it proves nothing. */
  readonly wasUndone?: boolean | undefined
  /** Why it failed, is overdue or void. */
  readonly error?: string | undefined
}

/** The journal. Indexes `bySession`, `byStatus`, `byAccountChain`, `byCallsId`, `byCreatedAt`. */
export const operations = table<OperationRow>('operations')

/** The statuses in which an operation may still be included and its charges are reserved. */
export const unsettledStatuses = ['reserved', 'signed', 'sent'] as const satisfies readonly OperationStatus[]

/** Whether the operation's fate is open. */
export function isUnsettled(row: OperationRow): boolean {
  return unsettledStatuses.some((status) => status === row.status)
}

/** Whether others need to wait for it: its bytes may be on the way into a block. Its lane is taken longer than that. */
export function isUnderWay(row: OperationRow): boolean {
  return isUnsettled(row) && row.rejected === undefined && row.overdue !== true
}

/** Under each of which the chain may have it. */
export function userOpHashesOf({ userOpHash, others = [] }: OperationRow): Hex[] {
  return [userOpHash, ...others.map((other) => other.userOpHash)]
}

/** The last second in which the chain may take it, in Unix seconds of the chain. */
export function lastDeadlineOf({ deadline, others = [] }: OperationRow): number {
  return Math.max(deadline, ...others.map((other) => other.deadline))
}

/** Until when it is to be signed, and then waited for, in Unix seconds of the chain. */
export function expectedUntil({ deadline, expectedBy = deadline, others = [] }: OperationRow): number {
  return Math.max(expectedBy, ...others.map((other) => other.expectedBy ?? other.deadline))
}
