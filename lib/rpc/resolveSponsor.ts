import { isAddressEqual, type Address } from 'viem'
import type { Sponsor } from '@/lib/approval/approval'
import { ServerRefusedError } from '@/lib/bundler/requestServer'
import type { Network } from '@/lib/chains/network'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { RpcContext } from '@/lib/rpc/context'
import { InvalidParamsError } from '@/lib/rpc/errors'
import { readChain } from '@/lib/rpc/readChain'
import { servicePaymaster } from '@/lib/rpc/servicePaymaster'

/**
 * Turns a paymaster that a site names by its address into one that can be used: the service of the site or of the network when that
 * pays with this paymaster, else the paymaster itself with the data that the site gave.
 *
 * @param known - The site's service from its connect.
 * @throws {InvalidParamsError} -32602: no service pays with it, and there is no contract.
 */
export async function resolveSponsor(
  context: Pick<RpcContext, 'database'>,
  {
    network,
    given,
    known,
    account,
  }: {
    network: Network
    given: Sponsor | undefined
    known?: Sponsor | undefined
    account: Address | null
  },
): Promise<Sponsor | undefined> {
  if (given === undefined || !('paymaster' in given)) return given
  const services = [known, network.paymasterUrl === undefined ? undefined : { url: network.paymasterUrl }]
  for (const service of services)
    if (
      service !== undefined &&
      'url' in service &&
      (await paysWith(network, service, given.paymaster, account))
    )
      return service
  const code = await readChain(context, network.chainId, 'eth_getCode', [given.paymaster, 'latest'])
  if (code === '0x' || typeof code !== 'string')
    throw new InvalidParamsError(
      `There is no paymaster at ${given.paymaster} on ${network.name}, and no service of this site or network pays with it. Name the service: {url, context}.`,
    )
  return given
}

async function paysWith(network: Network, service: Sponsor, paymaster: Address, account: Address | null) {
  try {
    return isAddressEqual(await servicePaymaster(network, service, account), paymaster)
  } catch (error) {
    // A service that is down or refuses does not pay with it now.
    if (error instanceof UnreachableError || error instanceof ServerRefusedError) return false
    throw error
  }
}
