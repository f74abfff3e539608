import { isAddressEqual, type Address, type Hex } from 'viem'
import { codecFor } from '@/lib/account/codecs/codec'
import { parseTypedData } from '@/lib/account/typedData/parseTypedData'
import type { TypedData } from '@/lib/account/typedData/typedData'
import { getNetwork } from '@/lib/chains/networks'
import type { Network } from '@/lib/chains/network'
import type { Connection } from '@/lib/connection/connections'
import { askForSignature } from '@/lib/rpc/askForSignature'
import type { Caller } from '@/lib/rpc/caller'
import { checkSender } from '@/lib/rpc/calls'
import type { RpcContext } from '@/lib/rpc/context'
import { InvalidParamsError } from '@/lib/rpc/errors'
import { readSignParams } from '@/lib/rpc/readSignParams'

/**
 * Signs EIP-712 typed data with the owner's passkey, for `eth_signTypedData_v3` and `_v4`.
 *
 * @throws {UnauthorizedError} 4100: another account than the connected one.
 * @throws {TypedDataError | InvalidParamsError} -32602: malformed, for another chain, or in the name of the account's own contracts.
 */
export async function signTypedData(
  context: RpcContext,
  {
    method,
    params,
    caller,
    connection,
  }: {
    method: string
    params: readonly [unknown, unknown]
    caller: Caller
    connection: Connection
  },
): Promise<Hex> {
  const { address, content } = readSignParams(method, params, true)
  checkSender(connection, address)
  const typedData = parseTypedData(content)
  const network = await getNetwork(context.database, connection.chainId)
  checkDomain(typedData, network, connection.account)
  // Refuses what no signature of a smart account can hold, before the owner is asked.
  codecFor(network.deployment.kind).messageHash(
    { kind: 'typed', typedData },
    connection.account,
    network.chainId,
  )
  return askForSignature(context, { caller, connection, request: { kind: 'typed-data', typedData } })
}

function checkDomain({ domain }: TypedData, network: Network, account: Address): void {
  const { chainId, verifyingContract } = domain
  if (chainId !== undefined && chainId !== BigInt(network.chainId))
    throw new InvalidParamsError(
      `The typed data is for chain ${String(chainId)}, this site is on ${network.chainId}. Call wallet_switchEthereumChain first.`,
    )
  if (verifyingContract === undefined) return
  const guards = codecFor(network.deployment.kind).bannedTargets(account, network.deployment)
  if (guards.some((guard) => isAddressEqual(guard, verifyingContract as Address)))
    throw new InvalidParamsError(
      `No message can be signed in the name of ${String(verifyingContract)}: it guards your account. Send a transaction instead.`,
    )
}
