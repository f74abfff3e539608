import * as v from 'valibot'
import { listNetworks } from '@/lib/chains/networks'
import { parseServerUrl } from '@/lib/chains/parseServerUrl'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { UnsupportedChainError } from '@/lib/rpc/errors'
import { chainIdSchema } from '@/lib/rpc/schemas'

const text = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty'),
  v.maxLength(200, 'must be at most 200 characters'),
)

/**
 * EIP-3085 `wallet_addEthereumChain`. A chain that the wallet knows is answered with `null`. Any other cannot be added this way:
 * an account needs a bundler too, which the standard has no member for, so the error tells the user where to add it.
 */
export const wallet_addEthereumChain = defineMethod({
  name: 'wallet_addEthereumChain',
  standard: 'EIP-3085',
  access: 'public',
  params: v.tuple([
    v.object({
      chainId: chainIdSchema,
      chainName: v.optional(text),
      rpcUrls: v.pipe(v.array(v.string()), v.minLength(1, 'must name at least one node')),
    }),
  ]),
  async handle(context, [{ chainId, rpcUrls }]) {
    for (const url of rpcUrls) parseServerUrl(url, 'The RPC URL')
    const known = await listNetworks(context.database)
    if (known.some((network) => network.chainId === chainId)) return null
    throw new UnsupportedChainError(chainId)
  },
})
