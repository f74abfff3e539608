import type { Hex } from 'viem'
import { codecFor } from '@/lib/account/codecs/codec'
import { fees, type Fees } from '@/lib/bundler/fees'
import { hashUserOperation, maximumFee, type UserOperation } from '@/lib/bundler/userOperation'
import type { Network } from '@/lib/chains/network'
import { authorizeLock, type OperationContext } from '@/lib/operation/context'
import { amend } from '@/lib/operation/journal'
import { judge } from '@/lib/operation/judge'
import { lastSecond } from '@/lib/operation/lastSecond'
import type { SignHash } from '@/lib/operation/reserve'
import { isUnderWay, type OperationRow, type OperationVersion } from '@/lib/operation/row'
import { readStanding, usageOf } from '@/lib/operation/standing'
import { appliedRule } from '@/lib/policy/appliedRule'
import type { SessionRow } from '@/lib/session/session'

/** Bundlers and nodes take a replacement that pays at least a tenth more; this is an eighth, so that rounding cannot spoil it. */
const dearer = (price: bigint) => price + price / 8n + 1n
/** Most versions of one operation. */
const maximumVersions = 3
/** Seconds before its deadline in which an operation is left alone: a replacement would hardly arrive. */
const tooLate = 30

/** What is replaced. */
export type ReplaceRequest = {
  readonly network: Network
  readonly row: OperationRow
  readonly sign: SignHash
}

/**
 * Signs a session's operation that stays out of blocks anew: the same calls, the same nonce, at today's price. Only one of them can
 * be included, so the larger of what they take is reserved. To be handed to `submitOperation` next.
 *
 * @returns The row with the dearer version in front; `null` when there is nothing to gain, the session does not allow it, or a
 * sponsor pays, whose word is for the old price.
 * @throws {UnreachableError} Bundler or node do not answer.
 */
export async function replace(
  context: OperationContext,
  request: ReplaceRequest,
): Promise<OperationRow | null> {
  const { network, row } = request
  if (row.payer.kind !== 'account' || (row.others?.length ?? 0) >= maximumVersions - 1) return null
  await context.clock.refresh(network, 1000)
  const price = await fees(network)
  const { userOp } = row
  if (price.maxFeePerGas < dearer(userOp.maxFeePerGas)) return null
  return context.locks.request(authorizeLock, () => replaceAt(context, request, price))
}

async function replaceAt(
  context: OperationContext,
  { network, row: { id }, sign }: ReplaceRequest,
  price: Fees,
): Promise<OperationRow | null> {
  const timestamp = context.clock.now(network.chainId)
  let signing: Signing | undefined
  await amend(
    context,
    id,
    async (row, transaction) => {
      if (!isUnderWay(row) || row.status === 'reserved' || row.sessionId === null) return null
      if (timestamp > (row.expectedBy ?? row.deadline) - tooLate) return null
      const standing = await readStanding(transaction, row.sessionId)
      if (standing === null) return null
      const { session } = standing
      const userOp = repriced(row.userOp, price)
      const usage = usageOf(standing, row.id)
      const fee = { fee: maximumFee(userOp), paymaster: userOp.paymaster }
      const verdict = judge({ session, usage, network, calls: row.calls, fee, timestamp })
      if (!verdict.ok) return null
      const replacement: OperationVersion = {
        userOp,
        userOpHash: hashUserOperation(network, userOp),
        ...lastSecond(codecFor(network.deployment.kind), timestamp, verdict.validUntil),
        payer: row.payer,
        charges: verdict.charges,
        rule: appliedRule(session.spec, verdict.usage, verdict, timestamp),
      }
      signing = signingOf(network, session, replacement, timestamp, verdict.policyIndex)
      return { ...row, replacement }
    },
    { stores: ['sessions'] },
  )
  if (signing === undefined) return null
  try {
    const signature = signing.finish(await sign(signing.hash))
    return await amend(context, id, (row) => inFront(row, signature))
  } catch (error) {
    // Not journalled as signed, so it is never sent. If this fails too, `recover` does it.
    await amend(context, id, (row) => ({ ...row, replacement: undefined }))
    throw error
  }
}

type Signing = { readonly hash: Hex; finish(signed: Awaited<ReturnType<SignHash>>): Hex }

function repriced(userOp: UserOperation, { maxFeePerGas, maxPriorityFeePerGas }: Fees): UserOperation {
  const tip = dearer(userOp.maxPriorityFeePerGas)
  return {
    ...userOp,
    maxFeePerGas,
    maxPriorityFeePerGas:
      maxPriorityFeePerGas > tip ? maxPriorityFeePerGas : tip < maxFeePerGas ? tip : maxFeePerGas,
    signature: '0x',
  }
}

function signingOf(
  network: Network,
  { id, spec }: SessionRow,
  { userOpHash, deadline }: OperationVersion,
  timestamp: number,
  policyIndex: readonly number[],
): Signing {
  const { deployment } = network
  const codec = codecFor(deployment.kind)
  return {
    hash: codec.sessionHash(userOpHash, id, timestamp, deadline),
    finish: (signed) =>
      codec.sessionSignature({ deployment, spec, timestamp, deadline, policyIndex }, signed),
  }
}

/** The row with its signed replacement in front. One that was included meanwhile stays as it is, and the signature goes nowhere. */
function inFront(row: OperationRow, signature: Hex): OperationRow | null {
  const { replacement, others = [], userOp, userOpHash, deadline, expectedBy, payer, charges, rule } = row
  if (replacement === undefined) return null
  if (!isUnderWay(row)) return { ...row, replacement: undefined }
  const before: OperationVersion = { userOp, userOpHash, deadline, expectedBy, payer, charges, rule }
  return {
    ...row,
    ...replacement,
    userOp: { ...replacement.userOp, signature },
    others: [...others, before],
    replacement: undefined,
    transactionHash: undefined,
  }
}
