import type { Address, Hex } from 'viem'
import type { CleanUp } from '@/lib/messaging/cleanUpView'
import type { EndedApprovalView } from '@/lib/messaging/endedApprovalView'
import type { ExposureView } from '@/lib/messaging/exposureView'
import type { TypedDataView } from '@/lib/messaging/typedDataView'
import type { AppliedRule } from '@/lib/policy/appliedRule'
import type { Call } from '@/lib/policy/call'
import type { Guards } from '@/lib/policy/guards'
import type { Refusal } from '@/lib/policy/refusal'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Unpaid } from '@/lib/policy/unpaid'
import type { Usage } from '@/lib/policy/usage'
import type { WideningObstacle } from '@/lib/policy/widen'

/** What a site says of itself, checked for length only: shown beside the origin, never instead of it. */
export type SiteMetadata = { readonly name?: string | undefined; readonly icon?: string | undefined }

/** A passkey of an account, public parts only. */
export type PasskeyView = {
  readonly credentialId: Hex
  readonly createdAt: number
  /** Whether the authenticator can protect stored session keys (PRF); `null` before the first `get`. */
  readonly prf: boolean | null
  /** Whether the passkey is synced (BE flag). */
  readonly backupEligible: boolean
  /** Chains on which it owns the account now. */
  readonly ownerOn: readonly number[]
  /** Chains on which it was removed. */
  readonly removedOn: readonly number[]
  /** True for the one that the address follows from: it can also deploy the account where it is not yet. */
  readonly first: boolean
  /** Live sessions whose stored keys it can open. */
  readonly opens: number
}

/** An account. `id` is its address in lower case. */
export type AccountView = {
  readonly id: string
  readonly address: Address
  readonly name: string
  readonly kind: 'latchkey' | 'zksync-sso'
  readonly passkeys: readonly PasskeyView[]
  /** Chains on which it is known to be deployed. */
  readonly deployedOn: readonly number[]
  /** True when no session key can sign: the vault is closed. Meaningless (false) with no vault yet. */
  readonly locked: boolean
  /** True when some session keys can sign, and those in another vault need one more passkey. */
  readonly partlyLocked: boolean
}

/** A network that the wallet knows. */
export type NetworkView = {
  readonly chainId: number
  readonly name: string
  readonly kind: 'latchkey' | 'zksync-sso'
  readonly rpcUrl: string
  readonly bundlerUrl: string
  readonly paymasterUrl?: string | undefined
  readonly currency: { readonly symbol: string; readonly decimals: number }
  readonly explorerUrl?: string | undefined
  readonly builtIn: boolean
}

/** Which account and chain an origin sees. */
export type ConnectionView = {
  readonly origin: string
  readonly account: Address
  readonly chainId: number
  readonly metadata: SiteMetadata
  readonly connectedAt: number
}

/** Life of a session, as the wallet sees it. */
export type SessionStatus =
  'pending' | 'active' | 'paused' | 'unknown' | 'expired' | 'closing' | 'closed' | 'failed'

/** A session with what has been used of it. */
export type SessionView = {
  readonly id: Hex
  readonly origin: string
  readonly metadata: SiteMetadata
  readonly account: Address
  readonly chainId: number
  readonly spec: SessionSpec
  readonly status: SessionStatus
  /** Usage on chain plus what is reserved by operations under way. */
  readonly usage: Usage
  /** Unix milliseconds. */
  readonly createdAt: number
  /** True when its key lives in memory only, and ends with the browser. */
  readonly ephemeral: boolean
  /** True while it is paused because it was refused too often. */
  readonly pausedByGuard?: boolean | undefined
  /** Whether this browser still holds the key (sealed or open). */
  readonly keyHeld: boolean
  /** ABI fragments that the site sent, by `target:selector` in lower case; names only, never trusted for limits. */
  readonly functions?: Readonly<Record<string, string>> | undefined
  readonly transactionHash?: Hex | undefined
  /** When it was closed here or was seen closed on chain, in Unix milliseconds. */
  readonly endedAt?: number | undefined
  /** The session that took its place. */
  readonly replacedBy?: Hex | undefined
}

/** A token's name and unit, as far as the wallet knows it. */
export type TokenView = {
  readonly chainId: number
  readonly address: Address
  readonly symbol: string
  readonly decimals: number
  readonly name?: string | undefined
}

/** How a new session follows an older one: the same terms later, more in its place, or beside it. */
export type SuccessorKind = 'renew' | 'widen' | 'add'

/** The session that would let a request through; or why none is offered. */
export type WideningView =
  | { readonly how: SuccessorKind; readonly of: Hex; readonly spec: SessionSpec }
  | { readonly how: null; readonly obstacle: WideningObstacle }

/** Calls that wait for the owner. */
export type TransactionRequest = {
  readonly kind: 'transaction'
  readonly calls: readonly Call[]
  readonly refusal: Refusal | null
  readonly sessionId: Hex | null
  /** Absent when the site has no session that could be widened. */
  readonly widening?: WideningView | undefined
  /** The session allows the calls and did not sign them, as nobody pays. */
  readonly unpaid?: Unpaid | undefined
}

/** Status of an operation. */
export type OperationStatus = 'reserved' | 'signed' | 'sent' | 'included' | 'final' | 'failed' | 'void'

/** Something that was signed. */
export type ActivityView = {
  readonly id: string
  readonly at: number
  readonly origin: string | null
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
  readonly status: OperationStatus
  /** The rule that kept the session from signing, when the owner approved it once instead. */
  readonly refusal?: Refusal | undefined
  /** Under which of the session's policies it was signed, and what that left. */
  readonly rule?: AppliedRule | undefined
  readonly userOpHash?: Hex | undefined
  readonly transactionHash?: Hex | undefined
  readonly gasUsed?: bigint | undefined
  /** In wei, as the chain charged it. */
  readonly fee?: bigint | undefined
  readonly payer?: 'account' | 'sponsor' | undefined
  /** Credential of the passkey that signed. */
  readonly passkey?: Hex | undefined
  readonly error?: string | undefined
}

/** Who pays the fee of an operation. */
export type Payer =
  | { readonly kind: 'account' }
  | {
      readonly kind: 'sponsor'
      readonly by: 'dapp' | 'network'
      readonly name?: string | undefined
      readonly paymaster: Address
    }

/** What an operation under approval costs, and whether somebody can pay. */
export type FeeView = {
  readonly payer: Payer
  /** Largest possible fee, in wei. */
  readonly maxFee: bigint
  /** In wei, when the account pays: what it has, and what it must have (fee plus values). */
  readonly balance: bigint
  readonly required: bigint
}

/** State of an approval's operation: being prepared, ready for the owner's gesture, short of funds, impossible, or under way. */
export type ApprovalPhase =
  /** No account yet: the page shows "Create passkey" first. */
  | { readonly phase: 'no-account' }
  | { readonly phase: 'preparing' }
  | { readonly phase: 'ready'; readonly fee: FeeView | null }
  | { readonly phase: 'needs-funds'; readonly fee: FeeView; readonly address: Address }
  | { readonly phase: 'error'; readonly message: string; readonly canRetry: boolean }
  | { readonly phase: 'sending'; readonly userOpHash: Hex | null }

/** The passkey that an approval adds or removes: what the chain is told. */
export type OwnerPasskey = {
  readonly credentialId: Hex
  readonly x: Hex
  readonly y: Hex
  readonly origin: string
  readonly backupEligible: boolean
  /** Unix milliseconds. */
  readonly createdAt: number
}

/** The frozen request that an approval shows. */
export type ApprovalRequest =
  | { readonly kind: 'connect' }
  | {
      readonly kind: 'session'
      readonly spec: SessionSpec
      /** As it was asked for, when the owner took something away from it: `spec` is never wider. */
      readonly asked?: SessionSpec | undefined
      /** True when approving also connects the site. */
      readonly connects: boolean
      /** ABI fragments that the site sent, by `target:selector` in lower case; names only, never trusted for limits. */
      readonly functions: Readonly<Record<string, string>>
      /** True when the key will live in memory only, as the passkey cannot protect it. */
      readonly ephemeral: boolean
      /** Seconds from the request to the session's end. */
      readonly lifetime?: number | undefined
      /** The session that it follows. */
      readonly successor?: { readonly of: Hex; readonly how: SuccessorKind } | undefined
      /** Sessions that the same operation revokes: the one that it follows, while that is open on chain. */
      readonly replacesIds?: readonly Hex[] | undefined
      /** True when the wallet suggested it for calls of the site: the owner may raise its numbers, too. */
      readonly suggested?: true | undefined
      /** The calls for which the owner looks at a wider session: approved, the session signs them; they can be approved once instead. */
      readonly instead?: TransactionRequest | undefined
    }
  | TransactionRequest
  /** `cleanUp`: what the sessions let others take, taken back in the same operation. */
  | { readonly kind: 'revoke'; readonly sessionIds: readonly Hex[]; readonly cleanUp?: CleanUp | undefined }
  | { readonly kind: 'add-passkey'; readonly passkey: OwnerPasskey }
  /** `sessionIds`: the sessions that it could open, revoked in the same operation. */
  | { readonly kind: 'remove-passkey'; readonly passkey: OwnerPasskey; readonly sessionIds: readonly Hex[] }
  | { readonly kind: 'unlock'; readonly sessions: number }
  | {
      readonly kind: 'network'
      readonly network: Omit<NetworkView, 'builtIn' | 'kind' | 'bundlerUrl'> & {
        readonly bundlerUrl?: string | undefined
      }
    }
  | { readonly kind: 'switch'; readonly from: number; readonly to: number }
  /** `personal_sign`: bytes, a login (ERC-4361) among them. */
  | { readonly kind: 'message'; readonly message: Hex }
  | { readonly kind: 'typed-data'; readonly typedData: TypedDataView }
  /** `wallet_watchAsset`: symbol and decimals by the contract's word, not the site's. */
  | { readonly kind: 'token'; readonly token: TokenView }

/** A request that waits for the user. */
export type ApprovalView = {
  readonly id: string
  /** `null` when the wallet itself asks (revoke from the popup). */
  readonly origin: string | null
  /** Set when the request came from a sub-frame: the top document's origin. */
  readonly topOrigin?: string | undefined
  readonly metadata: SiteMetadata
  readonly account: Address | null
  readonly chainId: number
  readonly request: ApprovalRequest
  readonly state: ApprovalPhase
  readonly createdAt: number
}

/** What the user set. */
export type SettingsView = {
  /** Minutes without input after which the wallet locks. */
  readonly idleMinutes: number
  readonly guards: Guards
  /** Whether Latchkey takes `window.ethereum` also where another wallet is. */
  readonly isDefaultWallet: boolean
  readonly theme: 'system' | 'light' | 'dark'
  /** Of what notifications tell: what sessions signed; sessions that end or run low. */
  readonly notices: { readonly signed: boolean; readonly sessions: boolean }
}

/** Everything that popup pages mirror. */
export type Snapshot = {
  readonly accounts: readonly AccountView[]
  readonly networks: readonly NetworkView[]
  readonly connections: readonly ConnectionView[]
  readonly sessions: readonly SessionView[]
  /** What the sessions of an account can still take together; accounts without one are not in it. */
  readonly exposure: readonly ExposureView[]
  readonly approvals: readonly ApprovalView[]
  /** The latest that are no longer open, newest first. */
  readonly ended: readonly EndedApprovalView[]
  readonly activity: readonly ActivityView[]
  /** Every token that was looked up, for amounts in its unit. */
  readonly tokens: readonly TokenView[]
  /** Those whose balance the owner wants to see. */
  readonly watchedTokens: readonly TokenView[]
  readonly settings: SettingsView
  /** Seconds to add to the computer's clock to get chain time, by chain id. */
  readonly clockSkew: Readonly<Record<number, number>>
}
