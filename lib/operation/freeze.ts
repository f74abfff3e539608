import type { Address, Hex } from 'viem'
import { codecFor } from '@/lib/account/codecs/codec'
import { ServerRefusedError } from '@/lib/bundler/requestServer'
import { sponsorData } from '@/lib/bundler/sponsor'
import { hashUserOperation, type UserOperation } from '@/lib/bundler/userOperation'
import { BaseError } from '@/lib/errors/BaseError'
import { SponsorRefusedError } from '@/lib/operation/buildOperation'
import type { OperationContext } from '@/lib/operation/context'
import { isDeployed } from '@/lib/operation/isDeployed'
import { prepare, signatureLifetime, type Prepared } from '@/lib/operation/prepare'
import { operations, type OperationRow } from '@/lib/operation/row'
import type { Refusal } from '@/lib/policy/refusal'

/** What is frozen, and for whom. */
export type FreezeRequest = {
  readonly prepared: Prepared
  readonly origin: string | null
  readonly purpose: OperationRow['purpose']
  /** Sessions that the operation creates or revokes. */
  readonly sessionIds?: readonly Hex[] | undefined
  readonly refusal?: Refusal | undefined
  readonly dappCallsId?: string | undefined
}

/** An operation whose every byte but the signature stands. Journalled as `reserved` until `complete` or `abandon`. */
export type Frozen = {
  readonly operationId: string
  readonly userOpHash: Hex
  /** 32 bytes for the authenticator to sign. */
  readonly challenge: Hex
  /** Last second of validity, Unix seconds of the chain. */
  readonly deadline: number
}

/** A preparation older than this is made anew, in ms. */
const freshFor = 60_000

/**
 * Fixes an operation for the authenticator: takes a nonce lane, asks the sponsor for its final word, sets the deadline. Waits while
 * all lanes are under way.
 *
 * @throws {PreparationChangedError} It would cost more than was shown, or somebody else would pay: prepare and show it again.
 * @throws {SponsorRefusedError} The sponsor that was shown does not pay after all.
 * @throws {UnreachableError | EstimationError} As for `prepare`.
 */
export async function freeze(context: OperationContext, request: FreezeRequest): Promise<Frozen> {
  const prepared = await current(context, request.prepared)
  const { account, network, calls } = prepared.request
  const { chainId } = network
  const codec = codecFor(network.deployment.kind)
  const exclusive = prepared.userOp.factory !== undefined
  const nonceKey = (lane: number) => codec.passkeyNonceKey(lane)
  const hold = await context.lanes.acquire({ network, account: account.address, nonceKey, exclusive })
  try {
    await context.clock.refresh(network, 2000)
    const deadline = context.clock.now(chainId) + signatureLifetime
    const userOp = await finalised(prepared, hold.nonce)
    const userOpHash = hashUserOperation(network, userOp)
    const row: OperationRow = {
      id: crypto.randomUUID(),
      origin: request.origin,
      account: account.id as Address,
      chainId,
      sessionId: null,
      purpose: request.purpose,
      calls,
      sessionIds: request.sessionIds,
      status: 'reserved',
      lane: hold.lane,
      nonceKey: hold.nonceKey,
      nonce: hold.nonce,
      userOp,
      userOpHash,
      deadline,
      payer: prepared.payer,
      charges: [],
      settled: false,
      createdAt: Date.now(),
      fromBlock: context.clock.head(chainId)?.number ?? 0n,
      refusal: request.refusal,
      dappCallsId: request.dappCallsId,
    }
    await operations.put(context.database, row)
    context.onChange(row)
    return {
      operationId: row.id,
      userOpHash,
      challenge: codec.passkeyChallenge(userOpHash, deadline),
      deadline,
    }
  } finally {
    hold.release()
  }
}

async function current(context: OperationContext, shown: Prepared): Promise<Prepared> {
  const { account, network } = shown.request
  const deploys = shown.userOp.factory !== undefined
  const stale = Date.now() - shown.preparedAt > freshFor
  if (!stale && (!deploys || !(await isDeployed(network, account.address)))) return shown
  const again = await prepare(context, shown.request)
  if (again.maxFee > shown.maxFee || again.balance < again.required || payerOf(again) !== payerOf(shown))
    throw new PreparationChangedError()
  return again
}

const payerOf = ({ payer }: Prepared) =>
  payer.kind === 'account' ? 'account' : payer.paymaster.toLowerCase()

async function finalised(prepared: Prepared, nonce: bigint): Promise<UserOperation> {
  const userOp: UserOperation = { ...prepared.userOp, nonce, signature: '0x' }
  const { sponsor } = prepared
  if (sponsor === undefined || (prepared.sponsorIsFinal && nonce === prepared.userOp.nonce)) return userOp
  try {
    const fields = await sponsorData(prepared.request.network, sponsor, { ...prepared.userOp, nonce })
    return { ...userOp, ...fields }
  } catch (error) {
    throw error instanceof ServerRefusedError ? new SponsorRefusedError(error.message) : error
  }
}

/** What the owner was shown does not hold any more. */
export class PreparationChangedError extends BaseError {
  override readonly name = 'Operation.PreparationChangedError'

  constructor() {
    super('The fee changed while this was open. Look at it again, then approve.', { code: -32603 })
  }
}
