import type { Account, Passkey } from '@/lib/account/account'
import type { AccountCodec } from '@/lib/account/codecs/AccountCodec'
import { ownersOn } from '@/lib/account/ownersOn'
import { codecFor } from '@/lib/account/codecs/codec'
import type { SponsorService } from '@/lib/bundler/sponsor'
import type { Network } from '@/lib/chains/network'
import { buildOperation, type Built, type SponsorCandidate } from '@/lib/operation/buildOperation'
import type { OperationContext } from '@/lib/operation/context'
import { isDeployed } from '@/lib/operation/isDeployed'
import { readNonce } from '@/lib/operation/readNonce'
import type { Call } from '@/lib/policy/call'

/** An operation that a passkey is to sign. */
export type PrepareRequest = {
  readonly account: Account
  readonly network: Network
  readonly calls: readonly Call[]
  /**
   * Passkey that is going to sign, when it is not any owner: what an operation does to the one that the estimate is made with would
   * be cheaper than it is in truth.
   */
  readonly passkey?: Passkey | undefined
  /** Operations of sessions are prepared by `authorize`. */
  readonly signer: 'passkey'
  /** The dapp's sponsor; the network's is asked after it. */
  readonly sponsor?: SponsorService | undefined
}

/** An operation to show to its owner: everything but nonce, deadline, a sponsor's final data and the signature. Plain data. */
export type Prepared = Built & {
  readonly request: PrepareRequest
  /** Unix milliseconds of this computer. */
  readonly preparedAt: number
}

/** Seconds between a signature and its deadline. */
export const signatureLifetime = 300

/** A fresh nonce lane costs this much more verification gas than a used one. */
const freshLane = 17_100n

/**
 * Prepares an operation for the owner's approval: deploys the account inside it if it has no code yet, finds who pays (the dapp's
 * sponsor, the network's, else the account), fees and gas. `balance < required` tells that the account must be funded first.
 *
 * @throws {EstimationError} The operation would fail.
 * @throws {UnreachableError} Node or bundler do not answer.
 */
export async function prepare(context: OperationContext, request: PrepareRequest): Promise<Prepared> {
  const { account, network, calls } = request
  const codec = codecFor(network.deployment.kind)
  const [deployed, nonce] = await Promise.all([
    isDeployed(network, account.address),
    readNonce(network, account.address, codec.passkeyNonceKey(0)),
    context.clock.refresh(network, 2000),
  ])
  // One that the chain knows: with another the account would give up early, and the estimate be too low.
  const [owner = account.passkeys[0]] = ownersOn(account, network.chainId)
  const passkey = request.passkey ?? owner
  const deadline = context.clock.now(network.chainId) + signatureLifetime
  const built = await buildOperation({
    network,
    account: account.address,
    calls,
    callData: codec.encodeCalls(calls),
    nonce,
    initCode: deployed ? null : initCodeOf(codec, account, network),
    stubSignature: codec.passkeyStub(passkey, deadline, network.deployment),
    sponsors: sponsorsOf(network, request.sponsor),
    accountMayPay: true,
    verificationHeadroom: freshLane,
  })
  return { ...built, request, preparedAt: Date.now() }
}

/** The sponsors to ask, in order: the dapp's, the network's. */
export function sponsorsOf(network: Network, dapp: SponsorService | undefined): SponsorCandidate[] {
  return [
    ...(dapp === undefined ? [] : [{ ...dapp, by: 'dapp' as const }]),
    ...(network.paymasterUrl === undefined ||
    (dapp !== undefined && 'url' in dapp && network.paymasterUrl === dapp.url)
      ? []
      : [{ url: network.paymasterUrl, by: 'network' as const }]),
  ]
}

function initCodeOf(codec: AccountCodec, { factory, index, passkeys }: Account, network: Network) {
  return codec.initCode({ deployment: { ...network.deployment, factory }, index, passkey: passkeys[0] })
}
