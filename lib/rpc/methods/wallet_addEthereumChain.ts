import { numberToHex } from 'viem'
import * as v from 'valibot'
import { accounts } from '@/lib/account/accounts'
import { isUsableOn } from '@/lib/account/isUsableOn'
import { addNetwork, listNetworks } from '@/lib/chains/networks'
import type { Network } from '@/lib/chains/network'
import { parseServerUrl } from '@/lib/chains/parseServerUrl'
import { ProbeError, probeNetwork } from '@/lib/chains/probeNetwork'
import { connections } from '@/lib/connection/connections'
import { askUser } from '@/lib/rpc/askUser'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { UnauthorizedError, UnsupportedChainError } from '@/lib/rpc/errors'
import { chainIdSchema } from '@/lib/rpc/schemas'

const text = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty'),
  v.maxLength(200, 'must be at most 200 characters'),
)
const urls = v.pipe(v.array(v.string()), v.maxLength(8, 'must name at most 8'))
const chainSchema = v.object({
  chainId: chainIdSchema,
  chainName: v.optional(text),
  rpcUrls: v.pipe(urls, v.minLength(1, 'must name at least one node')),
  bundlerUrls: v.nullish(urls),
  blockExplorerUrls: v.nullish(urls),
  nativeCurrency: v.nullish(v.looseObject({ symbol: v.pipe(v.string(), v.maxLength(20)) })),
})
type Chain = v.InferOutput<typeof chainSchema>

/**
 * EIP-3085 `wallet_addEthereumChain`: `null` for a chain that the wallet knows. Another one needs a bundler and the wallet's contracts: a
 * node that serves a bundler's methods too, or one named in `bundlerUrls`, which is Latchkey's own member. Where both are found, the owner
 * is asked, and the site moves to the chain; else the error tells where the user can add it.
 */
export const wallet_addEthereumChain = defineMethod({
  name: 'wallet_addEthereumChain',
  standard: 'EIP-3085',
  access: 'public',
  durable: true,
  params: v.tuple([chainSchema]),
  async handle(context, [chain], { caller, connection }) {
    const { chainId } = chain
    for (const url of [...chain.rpcUrls, ...(chain.bundlerUrls ?? [])]) parseServerUrl(url, 'The URL')
    const known = await listNetworks(context.database)
    if (known.some((network) => network.chainId === chainId)) return null
    if (connection === undefined) throw new UnauthorizedError()
    const network = await usableNetwork(chain)
    const { name, rpcUrl, bundlerUrl, explorerUrl, currency } = network
    const shown = { chainId, name, rpcUrl, bundlerUrl, explorerUrl, currency }
    await askUser(context, {
      origin: caller.origin,
      topOrigin: caller.topOrigin,
      metadata: connection.metadata,
      account: connection.account,
      chainId: connection.chainId,
      request: { kind: 'network', network: shown },
      joinKey: `network ${caller.origin} ${JSON.stringify(shown)}`,
      requestId: caller.requestId,
    })
    await addNetwork(context.database, network)
    // Disconnected while the question was open, the site stays so.
    const current = await connections.get(context.database, caller.origin)
    const account = current && (await accounts.get(context.database, current.account.toLowerCase()))
    // An account of the other kind of contracts cannot follow: the network is there, and the site stays where it is.
    if (current !== undefined && (account === undefined || isUsableOn(account, network))) {
      await connections.put(context.database, { ...current, chainId })
      context.emit(caller.origin, 'chainChanged', numberToHex(chainId))
    }
    context.changed()
    return null
  },
})

/**
 * The first of the chain's servers that the wallet can work with. What is wrong with the others is not told: a site must not learn by the
 * wallet which servers this computer reaches.
 *
 * @throws {UnsupportedChainError} None.
 */
async function usableNetwork(chain: Chain): Promise<Network> {
  for (const rpcUrl of chain.rpcUrls)
    for (const bundlerUrl of chain.bundlerUrls ?? [rpcUrl]) {
      const found = await probe(chain, rpcUrl, bundlerUrl)
      if (found?.chainId === chain.chainId) return found
    }
  throw new UnsupportedChainError(chain.chainId)
}

async function probe(chain: Chain, rpcUrl: string, bundlerUrl: string): Promise<Network | null> {
  const name = chain.chainName?.slice(0, 100) ?? `Chain ${chain.chainId}`
  const explorerUrl = chain.blockExplorerUrls?.find((url) => url.startsWith('https://'))
  try {
    return await probeNetwork({
      name,
      rpcUrl,
      bundlerUrl,
      explorerUrl,
      currencySymbol: chain.nativeCurrency?.symbol,
    })
  } catch (error) {
    if (error instanceof ProbeError) return null
    throw error
  }
}
