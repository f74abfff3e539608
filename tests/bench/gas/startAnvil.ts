import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { rpc } from '../../../demo/stack/chain/rpc.mjs'
import { freePorts } from '../../../demo/stack/process/freePorts.mjs'
import { startPart } from '../../../demo/stack/process/startPart.mjs'

/** What P256VERIFY costs on the chain: EIP-7951, RIP-7212, or it is not there. */
export const precompiles = ['6900', '3450', 'none'] as const
export type Precompile = (typeof precompiles)[number]

const flags: Record<Precompile, readonly string[]> = {
  '6900': [],
  '3450': ['--network', 'optimism'],
  none: ['--hardfork', 'prague'],
}

/** A chain of its own. */
export type Anvil = { readonly rpcUrl: string; stop(): Promise<void> }

/**
 * Starts anvil with a clock of its own, so that the same work costs the same gas: genesis in 2027, a second a block.
 *
 * @param more - Further flags of anvil.
 * @throws {Error} anvil is not installed, or did not answer.
 */
export async function startAnvil(
  precompile: Precompile = '6900',
  more: readonly string[] = [],
): Promise<Anvil> {
  const { chain: port } = await freePorts(['chain'] as const)
  const rpcUrl = `http://127.0.0.1:${port}`
  const part = await startPart({
    name: 'chain (anvil)',
    command: anvilBinary(),
    args: ['--port', `${port}`, '--timestamp', '1800000000', ...flags[precompile], ...more],
    port,
    isReady: async () => Number(await rpc(rpcUrl, 'eth_chainId')) > 0,
  })
  await rpc(rpcUrl, 'anvil_setBlockTimestampInterval', [1])
  return { rpcUrl, stop: () => part.stop() }
}

/** The binary from npm, else `anvil` from the PATH. */
function anvilBinary(): string {
  // The demo's stack brings it along.
  const require = createRequire(new URL('../../../demo/stack/chain/startChain.mjs', import.meta.url))
  try {
    const folder = dirname(require.resolve('@foundry-rs/anvil-linux-amd64/package.json'))
    const binary = join(folder, 'bin/anvil')
    return existsSync(binary) ? binary : 'anvil'
  } catch {
    return 'anvil'
  }
}
