import type { Address, Hex } from 'viem'
import type { ApprovalRequest, SiteMetadata } from '@/lib/messaging/views'

/**
 * How an approval ended. `operationId` names the journal row that the owner's assertion signed; `signature` is there when it signed
 * a message.
 */
export type ApprovalOutcome =
  | { readonly kind: 'approved'; readonly operationId: string | null; readonly signature?: Hex | undefined }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'failed'; readonly code: number; readonly message: string }

/** Who pays for an operation, as the site says: an ERC-7677 service, or a paymaster with the data that it wants. */
export type Sponsor =
  | { readonly url: string; readonly context?: unknown }
  | { readonly paymaster: Address; readonly paymasterData: Hex }

/** A request that waits for the user, as it lives in `storage.session`: it survives the worker, not the browser. */
export type Approval = {
  readonly id: string
  /** `null` when the wallet itself asks. */
  readonly origin: string | null
  readonly topOrigin?: string | undefined
  readonly metadata: SiteMetadata
  readonly account: Address | null
  readonly chainId: number
  /** Frozen: what is shown is what is signed. */
  readonly request: ApprovalRequest
  readonly sponsor?: Sponsor | undefined
  /** Name under which a page can ask for the calls later; journalled with the operation. */
  readonly callsId?: string | undefined
  /** Requests of pages that wait for it; a second request for the same thing joins. */
  readonly requestIds: readonly string[]
  /** Requests with the same key join. */
  readonly joinKey: string
  /** Unix milliseconds. */
  readonly createdAt: number
  /** The operation that the owner signed: from here on it proceeds, whatever happens to the window. */
  readonly operationId?: string | undefined
  readonly outcome?: ApprovalOutcome | undefined
  /** Unix milliseconds. */
  readonly endedAt?: number | undefined
}

/** What an approval is asked for with. */
export type NewApproval = Pick<
  Approval,
  'origin' | 'topOrigin' | 'metadata' | 'account' | 'chainId' | 'request' | 'sponsor' | 'callsId' | 'joinKey'
> & { readonly requestId: string | null }
