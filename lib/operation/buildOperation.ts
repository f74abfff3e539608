import type { Address, Hex } from 'viem'
import { estimateGas, EstimationError } from '@/lib/bundler/estimateGas'
import { fees } from '@/lib/bundler/fees'
import { ServerRefusedError } from '@/lib/bundler/requestServer'
import { sponsorStub, type SponsorService } from '@/lib/bundler/sponsor'
import { maximumFee, type UserOperation } from '@/lib/bundler/userOperation'
import type { Network } from '@/lib/chains/network'
import { ServerUrlError } from '@/lib/chains/parseServerUrl'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { BaseError } from '@/lib/errors/BaseError'
import { readFunds, type Funds } from '@/lib/operation/funds'
import type { Payer } from '@/lib/operation/row'
import type { Call } from '@/lib/policy/call'

/** A sponsor that may be asked, and on whose behalf. */
export type SponsorCandidate = SponsorService & { readonly by: 'dapp' | 'network' }

/** What an operation is made of. */
export type BuildRequest = {
  readonly network: Network
  readonly account: Address
  readonly calls: readonly Call[]
  readonly callData: Hex
  readonly nonce: bigint
  /** For the operation that deploys the account. */
  readonly initCode: { readonly factory: Address; readonly factoryData: Hex } | null
  readonly stubSignature: Hex
  /** Asked in this order. */
  readonly sponsors: readonly SponsorCandidate[]
  /** Whether the account pays when no sponsor does. */
  readonly accountMayPay: boolean
  /** Whether a sponsor's paymaster may be named; without it, any. */
  readonly allowsPaymaster?: ((paymaster: Address) => boolean) | undefined
  /** Added to the estimated verification gas, in gas units: 17,100 for a lane that may turn out to be fresh. */
  readonly verificationHeadroom: bigint
}

/** An operation with its gas limits and fees, and who pays for it. */
export type Built = {
  /** With the stub signature; a sponsor's data is a stub too unless `sponsorIsFinal`. */
  readonly userOp: UserOperation
  readonly payer: Payer
  /** The sponsor that pays. */
  readonly sponsor?: SponsorCandidate | undefined
  readonly sponsorIsFinal: boolean
  /** What sponsors that were asked said when they refused. */
  readonly sponsorRefusal?: string | undefined
  /** Largest possible fee, in wei. */
  readonly maxFee: bigint
  /** What the account has, in wei. */
  readonly balance: bigint
  /** What it must have: the values, and the fee beyond its deposit when it pays. In wei. */
  readonly required: bigint
}

/**
 * Finds gas, fees and payer of an operation. That the account cannot pay is a normal result: `balance < required`.
 *
 * @throws {EstimationError} The operation would fail.
 * @throws {PaymasterNotAllowedError} A sponsor would pay, by a paymaster that may not be named; nobody else pays.
 * @throws {SponsorRefusedError} No sponsor pays, and the account may not.
 * @throws {UnreachableError} Node or bundler do not answer.
 */
export async function buildOperation(request: BuildRequest): Promise<Built> {
  const { network, account, calls, sponsors } = request
  const [price, funds] = await Promise.all([fees(network), readFunds(network, account)])
  const bare: UserOperation = {
    sender: account,
    nonce: request.nonce,
    ...request.initCode,
    callData: request.callData,
    callGasLimit: 0n,
    verificationGasLimit: 0n,
    preVerificationGas: 0n,
    ...price,
    signature: request.stubSignature,
  }
  const values = calls.reduce((sum, { value }) => sum + value, 0n)
  const refusals: string[] = []
  let shutOut: PaymasterNotAllowedError | undefined
  for (const sponsor of sponsors) {
    try {
      return {
        ...(await sponsored(request, bare, sponsor, overrideFor(funds, values, 0n))),
        balance: funds.balance,
        required: values,
      }
    } catch (error) {
      if (error instanceof PaymasterNotAllowedError) shutOut ??= error
      else if (!isRefusal(error)) throw error
      refusals.push(error.message)
    }
  }
  const sponsorRefusal = refusals.length > 0 ? refusals.join(' ') : undefined
  if (!request.accountMayPay)
    throw shutOut ?? new SponsorRefusedError(sponsorRefusal ?? 'There is no sponsor to ask.')
  const userOp = await estimated(request, bare, overrideFor(funds, values, ampleGas * bare.maxFeePerGas))
  const maxFee = maximumFee(userOp)
  const fromBalance = maxFee > funds.deposit ? maxFee - funds.deposit : 0n
  return {
    userOp,
    payer: { kind: 'account' },
    sponsorIsFinal: false,
    sponsorRefusal,
    maxFee,
    balance: funds.balance,
    required: fromBalance + values,
  }
}

async function sponsored(
  request: BuildRequest,
  bare: UserOperation,
  sponsor: SponsorCandidate,
  balance: bigint | undefined,
) {
  const { fields, name, isFinal } = await sponsorStub(request.network, sponsor, bare)
  // Before the estimation: the session module would refuse there, without a number that tells why.
  if (request.allowsPaymaster?.(fields.paymaster) === false)
    throw new PaymasterNotAllowedError(fields.paymaster)
  const userOp = await estimated(request, { ...bare, ...fields }, balance)
  const payer: Payer = { kind: 'sponsor', by: sponsor.by, name, paymaster: fields.paymaster }
  // The sponsor knows its paymaster's gas better than an estimate does.
  const withFields = { ...userOp, ...fields }
  return { userOp: withFields, payer, sponsor, sponsorIsFinal: isFinal, maxFee: maximumFee(withFields) }
}

async function estimated(
  { network, verificationHeadroom }: BuildRequest,
  bare: UserOperation,
  balance: bigint | undefined,
): Promise<UserOperation> {
  const limits = await estimateGas(network, bare, { balance })
  const verificationGasLimit = limits.verificationGasLimit + verificationHeadroom
  return { ...bare, ...limits, verificationGasLimit }
}

/** Gas that hardly any operation passes, to judge before the estimation whether the account's funds could be short. */
const ampleGas = 5_000_000n

/** A made-up balance for the estimation, so that an account short of funds is estimated too. */
function overrideFor({ balance, deposit }: Funds, values: bigint, fee: bigint): bigint | undefined {
  const isAmple = balance >= values && balance + deposit >= values + fee
  return isAmple ? undefined : values + fee + 10n ** 18n
}

// AA3x: EntryPoint's codes for what is wrong with a paymaster.
function isRefusal(error: unknown): error is BaseError {
  return (
    error instanceof ServerRefusedError ||
    error instanceof ServerUrlError ||
    (error instanceof UnreachableError && error.server === 'sponsor') ||
    (error instanceof EstimationError && /AA3\d/.test(error.reason))
  )
}

/** No sponsor pays for the operation; the account is not charged instead without asking. */
export class SponsorRefusedError extends BaseError {
  override readonly name = 'Operation.SponsorRefusedError'

  constructor(reason: string) {
    super(`Nobody sponsors this transaction. ${reason}`, { code: -32003 })
  }
}

/** A sponsor would pay, by a paymaster that the session does not allow. */
export class PaymasterNotAllowedError extends BaseError {
  override readonly name = 'Operation.PaymasterNotAllowedError'
  readonly paymaster: Address

  constructor(paymaster: Address) {
    super(`The session does not allow the paymaster ${paymaster}.`, { code: -32003 })
    this.paymaster = paymaster
  }
}
