import { numberToHex, type Address, type Hex } from 'viem'
import type { Network } from '@/lib/chains/network'
import { parseServerUrl } from '@/lib/chains/parseServerUrl'
import { parseAnswer } from '@/lib/bundler/parseAnswer'
import { requestServer, type Server } from '@/lib/bundler/requestServer'
import { toRpcUserOperation, type UserOperation } from '@/lib/bundler/userOperation'

/**
 * Who pays: a service to ask (the `paymasterService` capability of ERC-7677), or a paymaster that pays for everybody who hands it this
 * data.
 */
export type SponsorService =
  | { readonly url: string; readonly context?: unknown }
  | { readonly paymaster: Address; readonly paymasterData: Hex }

/** The paymaster's part of an operation. */
export type PaymasterFields = {
  readonly paymaster: Address
  readonly paymasterData: Hex
  readonly paymasterVerificationGasLimit?: bigint
  readonly paymasterPostOpGasLimit?: bigint
}

/** Answer to the request for stub data. */
export type Sponsorship = {
  readonly fields: PaymasterFields
  /** Name that the sponsor gives itself; shown, never trusted. */
  readonly name?: string | undefined
  /** True when the stub is already the final data. */
  readonly isFinal: boolean
}

/**
 * Asks a sponsor for paymaster fields to estimate with.
 *
 * @param userOp - With its nonce and fees, without gas limits.
 * @throws {ServerRefusedError} It does not sponsor this operation.
 * @throws {UnreachableError | ServerUrlError} It cannot be asked.
 * @see https://eips.ethereum.org/EIPS/eip-7677#pm_getpaymasterstubdata
 */
export async function sponsorStub(
  network: Network,
  service: SponsorService,
  userOp: UserOperation,
): Promise<Sponsorship> {
  if ('paymaster' in service) return { fields: fieldsOf(service), isFinal: true }
  const answer = await ask(network, service, 'pm_getPaymasterStubData', userOp)
  const sponsor = answer.has('sponsor') ? answer.inner('sponsor') : null
  return {
    fields: paymasterFields(answer),
    name: sponsor?.text('name')?.slice(0, 60),
    isFinal: answer.has('isFinal') && answer.boolean('isFinal'),
  }
}

/**
 * Asks a sponsor for the final paymaster fields of an operation whose gas limits and fees stand.
 *
 * @throws {ServerRefusedError} It does not sponsor this operation.
 * @throws {UnreachableError | ServerUrlError} It cannot be asked.
 * @see https://eips.ethereum.org/EIPS/eip-7677#pm_getpaymasterdata
 */
export async function sponsorData(
  network: Network,
  service: SponsorService,
  userOp: UserOperation,
): Promise<PaymasterFields> {
  if ('paymaster' in service) return fieldsOf(service)
  return paymasterFields(await ask(network, service, 'pm_getPaymasterData', userOp))
}

function fieldsOf({ paymaster, paymasterData }: PaymasterFields): PaymasterFields {
  return { paymaster, paymasterData }
}

type AskedService = Extract<SponsorService, { url: string }>

async function ask(network: Network, service: AskedService, method: string, userOp: UserOperation) {
  const url = parseServerUrl(service.url, 'The paymaster URL')
  const server: Server = { role: 'sponsor', url, network: network.name }
  const unsigned = toRpcUserOperation({ ...userOp, signature: undefined })
  const { entryPoint } = network.deployment
  const params = [unsigned, entryPoint, numberToHex(network.chainId), service.context ?? {}]
  return parseAnswer(server, await requestServer(server, method, params))
}

function paymasterFields(answer: ReturnType<typeof parseAnswer>): PaymasterFields {
  return {
    paymaster: answer.address('paymaster'),
    paymasterData: answer.hex('paymasterData'),
    ...(answer.has('paymasterVerificationGasLimit') && {
      paymasterVerificationGasLimit: answer.quantity('paymasterVerificationGasLimit'),
    }),
    ...(answer.has('paymasterPostOpGasLimit') && {
      paymasterPostOpGasLimit: answer.quantity('paymasterPostOpGasLimit'),
    }),
  }
}
