import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { startPart } from '../process/startPart.mjs'
import { rpc } from './rpc.mjs'

const require = createRequire(import.meta.url)

/** The embedded chain's id, unless another one is asked for. */
export const defaultChainId = 31_337

/**
 * Starts anvil: one block a transaction, P256VERIFY at 0x100, the CREATE2 proxy in its genesis.
 *
 * @param {{ port: number, chainId: number, onCrash: (message: string) => void }} options
 * @throws {PartFailedError} anvil is not installed, ended, or did not answer.
 */
export async function startChain({ port, chainId, onCrash }) {
  const url = `http://127.0.0.1:${port}`
  return startPart({
    name: 'chain (anvil)',
    command: findAnvil(),
    args: ['--port', `${port}`, '--host', '127.0.0.1', '--chain-id', `${chainId}`],
    port,
    isReady: async () => Number(await rpc(url, 'eth_chainId')) === chainId,
    onCrash,
  })
}

/** @returns {string} The binary from npm on x64 Linux, else `anvil` from the PATH. */
function findAnvil() {
  if (process.platform === 'linux' && process.arch === 'x64') {
    return join(dirname(require.resolve('@foundry-rs/anvil-linux-amd64/package.json')), 'bin/anvil')
  }
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of ['anvil', 'anvil.exe']) {
      if (existsSync(join(folder, name))) return join(folder, name)
    }
  }
  throw new Error(
    `The chain (anvil) is missing: on ${process.platform}-${process.arch} install Foundry 1.7.1 so that \`anvil\` is on the PATH.`,
  )
}
