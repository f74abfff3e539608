import { createClient, http, type Address, type Client } from 'viem'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { zksyncSso } from '@/lib/chains/deployments/zksyncSso'
import type { Deployment, Network } from '@/lib/chains/network'
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
 * Asks the servers themselves whether the wallet can work on a network: node, EntryPoint v0.8, contracts of a known kind, bundler.
 * Latchkey's own contracts are preferred where both kinds stand.
 *
 * @param deployments - Published deployments of ZKsync SSO contracts by chain id.
 * @returns The network, to be stored with `addNetwork`.
 * @throws {ServerUrlError} A URL that cannot be used.
 * @throws {ProbeError} A piece is missing; the message names it and what to do.
 */
export async function probeNetwork(form: NetworkForm, deployments = zksyncSso): Promise<Network> {
  const name = form.name.trim()
  if (name === '' || name.length > 100) throw new ProbeError('The name must have 1 to 100 characters.')
  const rpcUrl = parseServerUrl(form.rpcUrl, 'The RPC URL')
  const bundlerUrl = parseServerUrl(form.bundlerUrl, 'The bundler URL')
  const optional = {
    ...(form.paymasterUrl && { paymasterUrl: parseServerUrl(form.paymasterUrl, 'The paymaster URL') }),
    ...(form.explorerUrl && { explorerUrl: parseServerUrl(form.explorerUrl, 'The explorer URL') }),
  }
  const [{ chainId, deployment }] = await Promise.all([
    probeNode(rpcUrl, deployments),
    probeBundler(bundlerUrl),
  ])
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
    deployment,
    builtIn: false,
  }
}

async function probeNode(
  rpcUrl: string,
  deployments: typeof zksyncSso,
): Promise<{ chainId: number; deployment: Deployment }> {
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
  const published = deployments[chainId]
  const missing = await missingPart(rpcUrl, latchkey)
  if (missing === null) return { chainId, deployment: latchkey }
  const missingThere = published === undefined ? missing : await missingPart(rpcUrl, published)
  if (published !== undefined && missingThere === null) return { chainId, deployment: published }
  const [part, address, advice] = missingThere ?? missing
  throw new ProbeError(`Chain ${chainId} has no ${part} at ${address}. ${advice}`)
}

type Part = readonly [name: string, address: Address, advice: string]

/** The contracts without which the wallet cannot work on a network, EntryPoint first. */
function partsOf(deployment: Deployment): readonly Part[] {
  const { entryPoint, factory, sessionKeyValidator } = deployment
  const base: Part = ['EntryPoint v0.8', entryPoint, 'Choose a network with ERC-4337 v0.8.']
  if (deployment.kind === 'latchkey')
    return [
      base,
      ['Latchkey’s account factory', factory, deployFirst],
      ['Latchkey’s account', deployment.accountImplementation, deployFirst],
      ['Latchkey’s session module', sessionKeyValidator, deployFirst],
    ]
  return [
    base,
    ['ZKsync SSO account factory', factory, published],
    ['ZKsync SSO account beacon', deployment.beacon, published],
    ['ZKsync SSO passkey module', deployment.webAuthnValidator, published],
    ['ZKsync SSO session module', sessionKeyValidator, published],
    ['ZKsync SSO guardian module', deployment.guardianExecutor, published],
  ]
}

/** The first part that a chain lacks; `null` when all are there. */
async function missingPart(rpcUrl: string, deployment: Deployment): Promise<Part | null> {
  const client = publicClient({ rpcUrl })
  const parts = partsOf(deployment)
  const codes = await Promise.all(
    parts.map(([, address]) =>
      client.getCode({ address }).catch((cause: unknown) => {
        throw new ProbeError('The node does not answer eth_getCode. Check the RPC URL.', cause)
      }),
    ),
  )
  return parts.find((_, index) => codes[index] === undefined || codes[index] === '0x') ?? null
}

const deployFirst = 'Deploy the contracts there first: npm run contracts:deploy.'
const published = 'It is published for this chain: check that the node is the right one and up to date.'

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
