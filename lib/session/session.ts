import type { Address, Hex } from 'viem'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'

/**
 * Life of a session in this wallet. `pending`: approved, its operation not yet included. `closing`: the local key is gone, the
 * chain still knows the session. `failed`: its operation never made it. Expiry follows from the spec and the clock and is not
 * stored.
 */
export type StoredSessionStatus = 'pending' | 'active' | 'paused' | 'closing' | 'closed' | 'failed'

/** Something that is told of a session. `low`: 80 % of a limit is used. `closed`: the owner is told that the chain closed it. */
export type SessionNotice = 'expired' | 'revoked' | 'low' | 'closed'

/** A session key sealed under its account's vault key: AES-256-GCM. */
export type SealedKey = {
  readonly vaultId: string
  /** 12 bytes. */
  readonly iv: Hex
  readonly ciphertext: Hex
}

/** A session as it is stored. Belongs to one (origin, account, chain). */
export type SessionRow = {
  /** Hash of the packed spec: its id on chain. */
  readonly id: Hex
  readonly origin: string
  readonly metadata: { readonly name?: string | undefined; readonly icon?: string | undefined }
  /** Lower case. */
  readonly account: Address
  readonly chainId: number
  readonly spec: SessionSpec
  readonly status: StoredSessionStatus
  /** Usage by settled operations; operations under way add their charges on top. */
  readonly usage: Usage
  /**
   * Set while the usage is not known, as a record of it was lost or damaged: when that was found, in Unix seconds of the chain.
   * Nothing is signed until the chain was asked.
   */
  readonly unknownSince?: number | undefined
  /** What the site asked for, as `termsOf` tells it, where the owner granted less. */
  readonly askedTerms?: string | undefined
  /** Unix milliseconds. */
  readonly createdAt: number
  /** Operation that creates it on chain. */
  readonly operationId: string | null
  readonly transactionHash?: Hex | undefined
  /** Seconds from the request to its end: a renewal lasts as long again. Absent in rows of older versions. */
  readonly lifetime?: number | undefined
  /** When it was closed here or was seen closed on chain, in Unix milliseconds. */
  readonly endedAt?: number | undefined
  /**
   * Set while an operation is under way that creates another session in place of this one and revokes it. The session is `closing`
   * then, keeps its sealed key, and is `before` again if the operation never happens.
   */
  readonly replacing?: { readonly operationId: string; readonly before: 'active' | 'paused' } | undefined
  /** The session that took its place. */
  readonly replacedBy?: Hex | undefined
  /** What its site and the owner were told: each once, also across restarts of the worker. */
  readonly told?: readonly SessionNotice[] | undefined
  /** Absent for an ephemeral session, and after the local key was deleted. */
  readonly sealedKey?: SealedKey | undefined
  readonly ephemeral: boolean
  /** True while it is paused because it was refused too often, rather than by its owner. */
  readonly pausedByGuard?: boolean | undefined
  /** Sponsor the site named when it asked, used again for its operations. */
  readonly sponsor?:
    | { readonly url: string; readonly context?: unknown }
    | { readonly paymaster: Address; readonly paymasterData: Hex }
    | undefined
  /** Names of functions as the site gave them, by `target:selector` in lower case. For display only. */
  readonly functions: Readonly<Record<string, string>>
}
