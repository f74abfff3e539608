import type { Address, Hex } from 'viem'
import { codecFor } from '@/lib/account/codecs/codec'
import { hashUserOperation, type UserOperation } from '@/lib/bundler/userOperation'
import { BaseError } from '@/lib/errors/BaseError'
import type { OperationContext } from '@/lib/operation/context'
import { isDeployed } from '@/lib/operation/isDeployed'
import { lastSecond } from '@/lib/operation/lastSecond'
import { prepare, type Prepared } from '@/lib/operation/prepare'
import { operations, type OperationRow } from '@/lib/operation/row'
import { isLaneTaken, unsettled } from '@/lib/operation/unsettled'
import { withSponsor } from '@/lib/operation/withSponsor'
import type { Refusal } from '@/lib/policy/refusal'
import { transact } from '@/lib/storage/transact'

/** What is frozen, and for whom. */
export type FreezeRequest = {
  readonly prepared: Prepared
  readonly origin: string | null
  readonly purpose: OperationRow['purpose']
  /** Sessions that the operation creates or revokes. */
  readonly sessionIds?: readonly Hex[] | undefined
  /** Passkey that the operation adds or removes. */
  readonly credentialId?: Hex | undefined
  /** Sessions that it revokes beside creating one. */
  readonly replacesIds?: readonly Hex[] | undefined
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
  for (;;) {
    const frozen = await tryFreeze(context, request)
    if (frozen !== null) return frozen
  }
}

/** @returns `null` when another worker took the lane meanwhile. */
async function tryFreeze(context: OperationContext, request: FreezeRequest): Promise<Frozen | null> {
  const prepared = await current(context, request.prepared)
  const { account, network, calls } = prepared.request
  const { chainId } = network
  const codec = codecFor(network.deployment.kind)
  const exclusive = prepared.userOp.factory !== undefined
  const nonceKey = (lane: number) => codec.passkeyNonceKey(lane)
  const { lanes } = codec
  const hold = await context.lanes.acquire({ network, account: account.address, nonceKey, lanes, exclusive })
  try {
    await context.clock.refresh(network, 2000)
    const ends = lastSecond(codec, context.clock.now(chainId))
    const { deadline } = ends
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
      credentialId: request.credentialId,
      replacesIds: request.replacesIds,
      status: 'reserved',
      lane: hold.lane,
      nonceKey: hold.nonceKey,
      nonce: hold.nonce,
      userOp,
      userOpHash,
      ...ends,
      payer: prepared.payer,
      charges: [],
      settled: false,
      createdAt: Date.now(),
      fromBlock: context.clock.head(chainId)?.number ?? 0n,
      refusal: request.refusal,
      dappCallsId: request.dappCallsId,
    }
    const isPut = await transact(context.database, [operations.store], 'readwrite', async (transaction) => {
      if (isLaneTaken(await unsettled(transaction), { ...row, lanes })) return false
      await operations.put(transaction, row)
      return true
    })
    if (!isPut) return null
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
  const dearer = again.payer.kind === 'account' && again.maxFee > shown.maxFee
  if (dearer || again.balance < again.required || payerOf(again) !== payerOf(shown))
    throw new PreparationChangedError()
  return again
}

const payerOf = ({ payer }: Prepared) =>
  payer.kind === 'account' ? 'account' : payer.paymaster.toLowerCase()

async function finalised(prepared: Prepared, nonce: bigint): Promise<UserOperation> {
  const { userOp, request } = prepared
  const isFinal = prepared.sponsorIsFinal && nonce === userOp.nonce
  const paid = await withSponsor(request.network, {
    ...prepared,
    userOp: { ...userOp, nonce },
    sponsorIsFinal: isFinal,
  })
  return { ...paid, signature: '0x' }
}

/** What the owner was shown does not hold any more. */
export class PreparationChangedError extends BaseError {
  override readonly name = 'Operation.PreparationChangedError'

  constructor() {
    super('The fee changed while this was open. Look at it again, then approve.', { code: -32603 })
  }
}
