import { createClient, http, type Address, type Client } from 'viem'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import type { Network } from '@/lib/chains/network'
import { parseServerUrl } from '@/lib/chains/parseServerUrl'
import { publicClient } from '@/lib/chains/publicClient'
import { BaseError } from '@/lib/errors/BaseError'

/** What the user or a dapp says of a network. */
export type NetworkForm = {
  readonly name: string
  readonly rpcUrl: string
  readonly bundlerUrl: string
  readonly paymasterUrl?: string | undefined
  readonly currencySymbol?: string | undefined
  readonly explorerUrl?: string | undefined
}

/**
 * Asks the servers themselves whether the wallet can work on a network: node, EntryPoint v0.8, Latchkey's contracts, bundler.
 *
 * @returns The network, to be stored with `addNetwork`.
 * @throws {ServerUrlError} A URL that cannot be used.
 * @throws {ProbeError} A piece is missing; the message names it and what to do.
 */
export async function probeNetwork(form: NetworkForm): Promise<Network> {
  const name = form.name.trim()
  if (name === '' || name.length > 100) throw new ProbeError('The name must have 1 to 100 characters.')
  const rpcUrl = parseServerUrl(form.rpcUrl, 'The RPC URL')
  const bundlerUrl = parseServerUrl(form.bundlerUrl, 'The bundler URL')
  const optional = {
    ...(form.paymasterUrl && { paymasterUrl: parseServerUrl(form.paymasterUrl, 'The paymaster URL') }),
    ...(form.explorerUrl && { explorerUrl: parseServerUrl(form.explorerUrl, 'The explorer URL') }),
  }
  const [chainId] = await Promise.all([probeNode(rpcUrl), probeBundler(bundlerUrl)])
  const bundlerChainId = await ask(bundler(bundlerUrl), 'eth_chainId', 'bundler')
  if (Number(bundlerChainId) !== chainId)
    throw new ProbeError(
      `The bundler works on chain ${Number(bundlerChainId)}, the node on ${chainId}. Use a bundler URL for chain ${chainId}.`,
    )
  return {
    chainId,
    name,
    rpcUrl,
    bundlerUrl,
    ...optional,
    currency: { symbol: form.currencySymbol?.trim() || 'ETH', decimals: 18 },
    deployment: latchkey,
    builtIn: false,
  }
}

async function probeNode(rpcUrl: string): Promise<number> {
  const client = publicClient({ rpcUrl })
  let chainId: number
  try {
    chainId = await client.getChainId()
  } catch (cause) {
    throw new ProbeError(
      'The node does not answer eth_chainId. Check the RPC URL and that the node runs.',
      cause,
    )
  }
  const parts: readonly (readonly [string, Address, string])[] = [
    ['EntryPoint v0.8', latchkey.entryPoint, 'Choose a network with ERC-4337 v0.8.'],
    ['Latchkey’s account factory', latchkey.factory, deployFirst],
    ['Latchkey’s account', latchkey.accountImplementation, deployFirst],
    ['Latchkey’s session module', latchkey.sessionKeyValidator, deployFirst],
  ]
  const codes = await Promise.all(
    parts.map(([, address]) =>
      client.getCode({ address }).catch((cause: unknown) => {
        throw new ProbeError('The node does not answer eth_getCode. Check the RPC URL.', cause)
      }),
    ),
  )
  for (const [index, [part, address, advice]] of parts.entries())
    if (codes[index] === undefined || codes[index] === '0x')
      throw new ProbeError(`Chain ${chainId} has no ${part} at ${address}. ${advice}`)
  return chainId
}

const deployFirst = 'Deploy the contracts there first: npm run contracts:deploy.'

async function probeBundler(url: string): Promise<void> {
  const supported = await ask(bundler(url), 'eth_supportedEntryPoints', 'bundler')
  const wanted = latchkey.entryPoint.toLowerCase()
  if (!Array.isArray(supported) || !supported.some((entry) => String(entry).toLowerCase() === wanted))
    throw new ProbeError(
      `The bundler does not support EntryPoint v0.8 (${latchkey.entryPoint}). Use a bundler URL that does.`,
    )
}

function bundler(url: string): Client {
  return createClient({
    transport: http(url, {
      timeout: 10_000,
      retryCount: 0,
      fetchOptions: { credentials: 'omit', redirect: 'error' },
    }),
  })
}

async function ask(client: Client, method: string, server: string): Promise<unknown> {
  const request = client.request as (args: { method: string; params: [] }) => Promise<unknown>
  try {
    return await request({ method, params: [] })
  } catch (cause) {
    throw new ProbeError(`The ${server} does not answer ${method}. Check its URL and that it runs.`, cause)
  }
}

/** A network lacks a piece that the wallet needs. */
export class ProbeError extends BaseError {
  override readonly name = 'Chains.ProbeError'

  constructor(message: string, cause?: unknown) {
    super(message, { cause, code: -32602 })
  }
}
