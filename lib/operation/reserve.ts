import type { Hex } from 'viem'
import type { RawSignature } from '@/lib/account/codecs/AccountCodec'
import { codecFor } from '@/lib/account/codecs/codec'
import { hashUserOperation, type UserOperation } from '@/lib/bundler/userOperation'
import type { Network } from '@/lib/chains/network'
import { BaseError } from '@/lib/errors/BaseError'
import { authorizeLock, type OperationContext } from '@/lib/operation/context'
import { abandon } from '@/lib/operation/abandon'
import { amend } from '@/lib/operation/journal'
import { judge } from '@/lib/operation/judge'
import { judgeGuards } from '@/lib/operation/judgeGuards'
import type { LaneHold } from '@/lib/operation/lanes'
import { lastSecond } from '@/lib/operation/lastSecond'
import { noteOpen } from '@/lib/operation/openOperations'
import { operations, type OperationRow, type Payer } from '@/lib/operation/row'
import { secondsToWait } from '@/lib/operation/secondsToWait'
import { readStanding, usageOf } from '@/lib/operation/standing'
import { isLaneTaken } from '@/lib/operation/unsettled'
import { appliedRule } from '@/lib/policy/appliedRule'
import type { Call, OperationFee } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import type { SessionRow } from '@/lib/session/session'
import { transact, type Transaction } from '@/lib/storage/transact'

/** Signs 32 bytes with the session key: raw secp256k1, low `s`, no prefix. */
export type SignHash = (hash: Hex) => Promise<RawSignature>

/** A session operation ready to be checked, reserved and signed. */
export type ReserveRequest = {
  readonly network: Network
  readonly sessionId: Hex
  readonly sign: SignHash
  readonly calls: readonly Call[]
  readonly userOp: UserOperation
  readonly fee: OperationFee
  readonly payer: Payer
  readonly hold: LaneHold
  /** Whether it may be put off to the next period. */
  readonly mayWait: boolean
  readonly dappCallsId?: string | undefined
}

/**
 * Verdict under the lock. `signed`: now, or for the same `dappCallsId` before. `wait`: a period that it uses ends too soon, or has
 * hardly begun; `lane-taken`: another worker's operation has this nonce.
 */
export type Reserved =
  | { readonly outcome: 'signed'; readonly row: OperationRow }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'wait'; readonly seconds: number }
  | { readonly outcome: 'lane-taken' }

/**
 * Check, journal `reserved`, sign, journal `signed`: under the one lock, without the network. The session is read inside the
 * transaction that reserves, so that neither another window nor a revocation slips between check and reservation.
 *
 * @throws {StorageError} The journal cannot be written; nothing was signed then.
 */
export function reserve(context: OperationContext, request: ReserveRequest): Promise<Reserved> {
  return context.locks.request(authorizeLock, async (): Promise<Reserved> => {
    const timestamp = context.clock.now(request.network.chainId)
    const taken = await transact(
      context.database,
      ['sessions', 'operations', 'meta', 'settings'],
      'readwrite',
      async (transaction) => {
        const { network, calls, fee, hold, dappCallsId } = request
        const { chainId } = network
        // Asked for together: none depends on another.
        const [standing, earlier, guarded] = await Promise.all([
          readStanding(transaction, request.sessionId),
          signedFor(transaction, dappCallsId),
          judgeGuards(transaction, { chainId, calls, timestamp }),
        ])
        if (standing === null) throw new SessionMissingError()
        if (earlier !== undefined) return { outcome: 'signed' as const, row: earlier }
        const { session, open, noted } = standing
        const codec = codecFor(network.deployment.kind)
        const lane = { account: session.account, chainId, nonceKey: hold.nonceKey, lanes: codec.lanes }
        if (isLaneTaken(open, lane)) return { outcome: 'lane-taken' as const }
        const verdict = judge({ session, usage: usageOf(standing), network, calls, fee, timestamp })
        if (!verdict.ok) return { outcome: 'refused' as const, refusal: verdict.refusal }
        const seconds = request.mayWait ? secondsToWait(verdict, session.spec.expiresAt, timestamp) : 0
        if (seconds > 0) return { outcome: 'wait' as const, seconds }
        if (guarded !== null) return { outcome: 'refused' as const, refusal: guarded }
        const ends = lastSecond(codec, timestamp, verdict.validUntil)
        const row = {
          ...rowOf(context, request, session, ends, verdict.charges),
          rule: appliedRule(session.spec, verdict.usage, verdict, timestamp),
          signedAt: timestamp,
        }
        await Promise.all([operations.put(transaction, row), noteOpen(transaction, row, noted)])
        return { outcome: 'reserved' as const, row, spec: session.spec, policyIndex: verdict.policyIndex }
      },
    )
    if (taken.outcome !== 'reserved') return taken
    const { row, spec, policyIndex } = taken
    // What wakes a later worker is set before there is a signature to look after.
    context.onChange(row)
    try {
      const codec = codecFor(request.network.deployment.kind)
      const { deadline } = row
      const hash = codec.sessionHash(row.userOpHash, request.sessionId, timestamp, deadline)
      const { deployment } = request.network
      const parts = { deployment, spec, timestamp, deadline, policyIndex }
      const signature = codec.sessionSignature(parts, await request.sign(hash))
      const signed = await amend(context, row.id, (before) => {
        if (before.status !== 'reserved') throw new ReservationLostError()
        return { ...before, status: 'signed', userOp: { ...before.userOp, signature } }
      })
      return { outcome: 'signed', row: signed }
    } catch (error) {
      // Not journalled as signed, so it is never sent: the reservation can go. If this fails too, `recover` does it.
      await abandon(context, row.id)
      throw error
    }
  })
}

/** What was signed for the same calls already, by an earlier worker say: they are never signed twice. */
async function signedFor(transaction: Transaction, callsId: string | undefined) {
  const rows = callsId === undefined ? [] : await operations.index(transaction, 'byCallsId', callsId)
  return rows.find((row) => row.userOp.signature !== '0x')
}

function rowOf(
  context: OperationContext,
  { network, calls, userOp, payer, hold, sessionId, dappCallsId }: ReserveRequest,
  session: SessionRow,
  ends: ReturnType<typeof lastSecond>,
  charges: OperationRow['charges'],
): OperationRow {
  const unsigned: UserOperation = { ...userOp, nonce: hold.nonce, signature: '0x' }
  return {
    id: crypto.randomUUID(),
    origin: session.origin,
    account: session.account,
    chainId: network.chainId,
    sessionId,
    purpose: 'calls',
    calls,
    status: 'reserved',
    lane: hold.lane,
    nonceKey: hold.nonceKey,
    nonce: hold.nonce,
    userOp: unsigned,
    userOpHash: hashUserOperation(network, unsigned),
    ...ends,
    payer,
    charges,
    settled: false,
    createdAt: Date.now(),
    fromBlock: context.clock.head(network.chainId)?.number ?? 0n,
    dappCallsId,
  }
}

/** The session is not in the database. */
export class SessionMissingError extends BaseError {
  override readonly name = 'Operation.SessionMissingError'

  constructor() {
    super('This session is not in the wallet any more. Connect again.', { code: 4100 })
  }
}

/** The reservation was given up while it was being signed: nothing was sent. */
export class ReservationLostError extends BaseError {
  override readonly name = 'Operation.ReservationLostError'

  constructor() {
    super('This was given up before it was signed. Nothing was sent; ask again.', { code: -32603 })
  }
}
