import { createClient, http, RpcRequestError, BaseError as ViemError } from 'viem'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { Network } from '@/lib/chains/network'
import { BaseError } from '@/lib/errors/BaseError'

/** A JSON-RPC server beside the node. */
export type Server = {
  readonly role: 'bundler' | 'sponsor'
  readonly url: string
  /** Name of the network it serves, for messages. */
  readonly network: string
}

/** A network's bundler. */
export function bundlerOf(network: Pick<Network, 'name' | 'bundlerUrl'>): Server {
  return { role: 'bundler', url: network.bundlerUrl, network: network.name }
}

/**
 * Sends one JSON-RPC request, once: no retry, no cookies, no redirect.
 *
 * @param timeout - In ms.
 * @returns The raw result, not yet checked.
 * @throws {ServerRefusedError} It answered with an error.
 * @throws {UnreachableError} No answer, or none that is JSON-RPC.
 */
export async function requestServer(
  server: Server,
  method: string,
  params: readonly unknown[],
  timeout = 10_000,
): Promise<unknown> {
  const client = createClient({
    transport: http(server.url, {
      retryCount: 0,
      timeout,
      fetchOptions: { credentials: 'omit', redirect: 'error' },
    }),
  })
  const request = client.request as (args: { method: string; params: readonly unknown[] }) => Promise<unknown>
  try {
    return await request({ method, params })
  } catch (error) {
    const answer = error instanceof ViemError ? error.walk((cause) => cause instanceof RpcRequestError) : null
    if (answer instanceof RpcRequestError)
      throw new ServerRefusedError(server, method, answer.code, answer.details, answer.data)
    throw new UnreachableError(server.role, server.network, server.url, error)
  }
}

/**
 * A server answered with a JSON-RPC error.
 *
 * Its code for a dapp is -32003 (EIP-1474 "transaction rejected"), which no library retries.
 */
export class ServerRefusedError extends BaseError {
  override readonly name = 'Bundler.ServerRefusedError'

  constructor(
    readonly server: Server,
    readonly method: string,
    /** The server's own code. */
    readonly serverCode: number,
    /** The server's own words. */
    readonly reason: string,
    readonly serverData?: unknown,
  ) {
    super(`The ${server.role} of ${server.network} refused: ${reason.slice(0, 500)}`, { code: -32003 })
  }
}
