import type { Address, Hex } from 'viem'
import type { AppliedRule } from '@/lib/policy/appliedRule'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'

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
  /** Whether this browser still holds the key (sealed or open). */
  readonly keyHeld: boolean
  /** ABI fragments that the site sent, by `target:selector` in lower case; names only, never trusted for limits. */
  readonly functions?: Readonly<Record<string, string>> | undefined
  readonly transactionHash?: Hex | undefined
}

/** A token's name and unit, as far as the wallet knows it. */
export type TokenView = {
  readonly chainId: number
  readonly address: Address
  readonly symbol: string
  readonly decimals: number
  readonly name?: string | undefined
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
  readonly purpose: 'calls' | 'create-session' | 'revoke'
  readonly calls: readonly Call[]
  readonly status: OperationStatus
  /** Under which of the session's policies it was signed, and what that left. */
  readonly rule?: AppliedRule | undefined
  readonly userOpHash?: Hex | undefined
  readonly transactionHash?: Hex | undefined
  readonly gasUsed?: bigint | undefined
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
  | { readonly phase: 'done'; readonly transactionHash: Hex | null }

/** The frozen request that an approval shows. */
export type ApprovalRequest =
  | { readonly kind: 'connect' }
  | {
      readonly kind: 'session'
      readonly spec: SessionSpec
      /** True when approving also connects the site. */
      readonly connects: boolean
      /** ABI fragments that the site sent, by `target:selector` in lower case; names only, never trusted for limits. */
      readonly functions: Readonly<Record<string, string>>
      /** True when the key will live in memory only, as the passkey cannot protect it. */
      readonly ephemeral: boolean
    }
  | {
      readonly kind: 'transaction'
      readonly calls: readonly Call[]
      readonly refusal: Refusal | null
      readonly sessionId: Hex | null
    }
  | { readonly kind: 'revoke'; readonly sessionIds: readonly Hex[] }
  | { readonly kind: 'unlock'; readonly sessions: number }
  | {
      readonly kind: 'network'
      readonly network: Omit<NetworkView, 'builtIn' | 'kind' | 'bundlerUrl'> & {
        readonly bundlerUrl?: string | undefined
      }
    }
  | { readonly kind: 'switch'; readonly from: number; readonly to: number }

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

/** Everything that popup pages mirror. */
export type Snapshot = {
  readonly accounts: readonly AccountView[]
  readonly networks: readonly NetworkView[]
  readonly connections: readonly ConnectionView[]
  readonly sessions: readonly SessionView[]
  readonly approvals: readonly ApprovalView[]
  readonly activity: readonly ActivityView[]
  readonly tokens: readonly TokenView[]
  /** Seconds to add to the computer's clock to get chain time, by chain id. */
  readonly clockSkew: Readonly<Record<number, number>>
  /** Whether Latchkey takes `window.ethereum` also where another wallet is. */
  readonly isDefaultWallet: boolean
}
