import type { Address } from 'viem'
import type { Sponsor } from '@/lib/approval/approval'
import type { Network } from '@/lib/chains/network'
import type { PaymasterRule } from '@/lib/policy/spec'
import { servicePaymaster } from '@/lib/rpc/servicePaymaster'

/**
 * The sponsor that a session may name: the site's, else the network's, else none.
 *
 * @throws {UnreachableError | ServerRefusedError} The sponsor does not say which paymaster it uses, so no session can list it.
 */
export async function paymasterRule(
  network: Network,
  sponsor: Sponsor | undefined,
  account: Address | null,
): Promise<PaymasterRule> {
  const service = sponsor ?? (network.paymasterUrl === undefined ? undefined : { url: network.paymasterUrl })
  if (service === undefined) return { mode: 'None' }
  return { mode: 'Listed', paymaster: await servicePaymaster(network, service, account) }
}
