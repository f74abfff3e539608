import type { Config } from '@wagmi/core'
import { getConnection } from '@wagmi/core'

type Eip1193 = { request(request: { method: string; params?: unknown }): Promise<unknown> }

/**
 * Sends a request to the connected wallet as it stands, so that its error arrives with code and data untouched.
 *
 * @throws {Error} No wallet is connected, or the wallet's own error.
 */
export async function walletRequest(config: Config, method: string, params: readonly unknown[] = []) {
  const { connector } = getConnection(config)
  if (!connector) throw new Error('Connect a wallet first.')
  const provider = (await connector.getProvider()) as Eip1193
  return provider.request({ method, params })
}
