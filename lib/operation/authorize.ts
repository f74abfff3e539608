import type { Address } from 'viem'
import { codecFor } from '@/lib/account/codecs/codec'
import { EstimationError } from '@/lib/bundler/estimateGas'
import type { SponsorService } from '@/lib/bundler/sponsor'
import { maximumFee } from '@/lib/bundler/userOperation'
import type { Network } from '@/lib/chains/network'
import { BaseError } from '@/lib/errors/BaseError'
import { buildOperation, PaymasterNotAllowedError, SponsorRefusedError } from '@/lib/operation/buildOperation'
import type { OperationContext } from '@/lib/operation/context'
import { judge, type Judgement } from '@/lib/operation/judge'
import { judgeGuards } from '@/lib/operation/judgeGuards'
import { signatureLifetime, sponsorsOf } from '@/lib/operation/prepare'
import { reserve, SessionMissingError, type SignHash } from '@/lib/operation/reserve'
import type { OperationRow } from '@/lib/operation/row'
import { secondsToWait } from '@/lib/operation/secondsToWait'
import { sponsorOffer } from '@/lib/operation/sponsorOffer'
import { readStanding, usageOf } from '@/lib/operation/standing'
import { withSponsor } from '@/lib/operation/withSponsor'
import { allowsPaymaster } from '@/lib/policy/allowsPaymaster'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import type { SessionRow } from '@/lib/session/session'

/** A request that a session is to sign. */
export type AuthorizeRequest = {
  readonly network: Network
  /** Read again from the database before anything is decided. */
  readonly session: SessionRow
  readonly sign: SignHash
  readonly calls: readonly Call[]
  /** Of the asking document; must be the session's. */
  readonly origin: string
  /** Sponsor of this request; else the session's own, then the network's. */
  readonly sponsor?: SponsorService | undefined
  readonly dappCallsId?: string | undefined
}

/**
 * Result of {@link authorize}. Without `ok` nothing was signed and nothing is reserved; the owner may be asked. `refusal` is there
 * when a rule of the session failed.
 */
export type Authorization =
  | { readonly ok: true; readonly row: OperationRow }
  | { readonly ok: false; readonly reason: 'refused'; readonly refusal: Refusal }
  | {
      readonly ok: false
      readonly reason: 'sponsor-refused'
      readonly refusal: null
      readonly message: string
    }
  | {
      readonly ok: false
      readonly reason: 'needs-funds'
      readonly refusal: null
      /** In wei. */
      readonly balance: bigint
      readonly required: bigint
    }

/**
 * Signs a request with a session key if the session allows it: check, then gas, fees and sponsorship over the network, then check
 * again, reserve and sign under the lock. The row is to be handed to `submitOperation` next.
 *
 * A request outside the session is a normal result. The account is never charged when a sponsor was to pay and refused.
 *
 * @throws {SessionMissingError} The session was removed meanwhile.
 * @throws {ForeignOriginError} The session belongs to another origin.
 * @throws {EstimationError} The calls would fail.
 * @throws {UnreachableError} Node or bundler do not answer.
 */
export async function authorize(
  context: OperationContext,
  request: AuthorizeRequest,
): Promise<Authorization> {
  const { network } = request
  await context.clock.refresh(network, 1000)
  for (let waits = 0; ; waits++) {
    const { session, verdict, timestamp } = await lookAhead(context, request)
    if (session.origin !== request.origin || session.chainId !== network.chainId)
      throw new ForeignOriginError()
    if (!verdict.ok) return { ok: false, reason: 'refused', refusal: verdict.refusal }
    const { calls } = request
    // Looked at again where it is reserved; this spares the servers a request that is refused anyway.
    const guarded = await judgeGuards(context.database, { chainId: network.chainId, calls, timestamp })
    if (guarded !== null) return { ok: false, reason: 'refused', refusal: guarded }
    const mayWait = waits < mostWaits
    let seconds = mayWait ? secondsToWait(verdict, session.spec.expiresAt, timestamp) : 0
    if (seconds === 0) {
      const result = await attempt(context, { ...request, session }, mayWait)
      if ('ok' in result) return result
      seconds = result.waitSeconds
    }
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    await context.clock.refresh(network)
  }
}

/** An operation that waited this often for a better moment is signed as it is: its periods are very short. */
const mostWaits = 3

/**
 * Added to the estimated verification gas, in gas units: a usage slot that the estimate saw in use, thanks to an operation that is
 * not included yet, may turn out to be fresh. The operation would be refused after it was signed (AA26), its limits reserved until
 * its deadline.
 */
const freshSlot = 20_000n

/**
 * Judges the request as things stand, without the lock. The fee is not known yet; it comes last in the order of the rules, so that
 * the refusal is the same.
 */
async function lookAhead(
  { database, clock }: OperationContext,
  request: AuthorizeRequest,
): Promise<{ session: SessionRow; verdict: Judgement; timestamp: number }> {
  const { network, calls } = request
  const standing = await readStanding(database, request.session.id)
  if (standing === null) throw new SessionMissingError()
  const { session } = standing
  const timestamp = clock.now(network.chainId)
  const usage = usageOf(standing)
  return {
    session,
    timestamp,
    verdict: judge({ session, usage, network, calls, timestamp, fee: { fee: 0n } }),
  }
}

/** One attempt with a lane of its own; `waitSeconds` when it is to be made again, then. */
async function attempt(
  context: OperationContext,
  request: AuthorizeRequest,
  mayWait: boolean,
): Promise<Authorization | { readonly waitSeconds: number }> {
  const { network, session, calls, sign, dappCallsId } = request
  const { account, spec } = session
  const codec = codecFor(network.deployment.kind)
  const { deployment } = network
  const nonceKey = (lane: number) => codec.sessionNonceKey(deployment, lane, spec.signer)
  const { lanes } = codec
  const hold = await context.lanes.acquire({ network, account, nonceKey, lanes, exclusive: false })
  try {
    // It may have waited long for its lane: others have used limits meanwhile, and periods have ended.
    await context.clock.refresh(network, 1000)
    const { verdict, timestamp } = await lookAhead(context, request)
    if (!verdict.ok) return { ok: false, reason: 'refused', refusal: verdict.refusal }
    const { policyIndex } = verdict
    const candidates = sponsorsOf(network, request.sponsor ?? session.sponsor)
    const sponsors = spec.paymaster.mode === 'None' ? [] : candidates
    const deadline = timestamp + signatureLifetime
    const built = await buildOperation({
      network,
      account,
      calls,
      callData: codec.encodeCalls(calls),
      nonce: hold.nonce,
      initCode: null,
      stubSignature: codec.sessionStub({ deployment, spec, timestamp, deadline, policyIndex }),
      sponsors,
      accountMayPay: sponsors.length === 0,
      allowsPaymaster: (paymaster) => allowsPaymaster(spec.paymaster, paymaster),
      verificationHeadroom: freshSlot,
    })
    const { balance, required } = built
    if (balance < required) {
      // A sponsor that the session shuts out may be all that is missing: a rule refuses then, and can be widened.
      const shutOut = sponsors.length === 0 && balance >= sumOfValues(calls)
      const paymaster = shutOut ? await sponsorOffer(network, built.userOp, candidates) : null
      if (paymaster !== null) return shutOutBy(paymaster)
      return { ok: false, reason: 'needs-funds', refusal: null, balance, required }
    }
    const userOp = await withSponsor(network, built)
    const fee = { fee: maximumFee(userOp), paymaster: userOp.paymaster }
    const { payer } = built
    const sessionId = session.id
    const result = await reserve(context, {
      mayWait,
      network,
      sessionId,
      sign,
      calls,
      userOp,
      fee,
      payer,
      hold,
      dappCallsId,
    })
    if (result.outcome === 'lane-taken') return { waitSeconds: 0 }
    if (result.outcome === 'wait') return { waitSeconds: result.seconds }
    if (result.outcome === 'refused') return { ok: false, reason: 'refused', refusal: result.refusal }
    return { ok: true, row: result.row }
  } catch (error) {
    if (error instanceof SponsorRefusedError)
      return { ok: false, reason: 'sponsor-refused', refusal: null, message: error.message }
    if (error instanceof PaymasterNotAllowedError) return shutOutBy(error.paymaster)
    if (!(error instanceof EstimationError)) throw error
    // What the session module refuses is mostly known here by now, with its numbers.
    await context.clock.refresh(network, 1000)
    const { verdict } = await lookAhead(context, request)
    if (!verdict.ok) return { ok: false, reason: 'refused', refusal: verdict.refusal }
    if (!error.reason.includes('AA25')) throw error
    // Another browser used the lane, or a reorganisation gave it back: forget its nonce, so that the next attempt asks the chain.
    context.lanes.leave({ account, chainId: network.chainId, ...hold }, false)
    if (!mayWait) throw error
    return { waitSeconds: 0 }
  } finally {
    hold.release()
  }
}

/** The session allows all but this payer. */
function shutOutBy(paymaster: Address): Authorization {
  return { ok: false, reason: 'refused', refusal: { rule: 'PaymasterNotAllowed', paymaster } }
}

const sumOfValues = (calls: readonly Call[]) => calls.reduce((sum, { value }) => sum + value, 0n)

/** A session serves only the origin and chain that it was approved for. */
export class ForeignOriginError extends BaseError {
  override readonly name = 'Operation.ForeignOriginError'

  constructor() {
    super('This session was approved for another site or chain. Connect and ask for one of your own.', {
      code: 4100,
    })
  }
}
