import type { Address } from 'viem'
import type { OwnedPasskey } from '@/lib/account/codecs/AccountCodec'
import { codecFor } from '@/lib/account/codecs/codec'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'

/** What a passkey is to an account on a chain. `absent`: the account has no code there. */
export type Standing = 'owner' | 'stranger' | 'absent'

/**
 * Asks a chain whether a passkey owns an account.
 *
 * @throws {UnreachableError} The node does not answer.
 */
export async function readStanding(
  network: Network,
  account: Address,
  passkey: OwnedPasskey,
): Promise<Standing> {
  const client = publicClient(network)
  const codec = codecFor(network.deployment.kind)
  try {
    const code = await client.getCode({ address: account })
    if (code === undefined || code === '0x') return 'absent'
    const { data = '0x' } = await client.call(codec.ownerCall(network.deployment, account, passkey))
    return codec.decodeOwner(data, passkey) ? 'owner' : 'stranger'
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}
