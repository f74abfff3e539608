import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rpc } from '../chain/rpc.mjs'
import { devKeys } from '../chain/devKeys.mjs'
import { startPart } from '../process/startPart.mjs'

const clock = new URL('chainClock.mjs', import.meta.url).href

/**
 * Starts alto as the bundler: it sends a user operation on at once and follows the chain's clock.
 *
 * `--safe-mode` is off: alto's tracer does not run on EntryPoint v0.8 over anvil.
 *
 * @param {{ port: number, rpcUrl: string, entryPoint: string, onCrash: (message: string) => void }} options
 * @throws {PartFailedError} It ended or did not answer.
 */
export async function startBundler({ port, rpcUrl, entryPoint, onCrash }) {
  const url = `http://127.0.0.1:${port}`
  const alto = join(dirname(fileURLToPath(import.meta.resolve('@pimlico/alto'))), 'cli/alto.js')
  const flags = {
    entrypoints: entryPoint,
    'rpc-url': rpcUrl,
    port,
    'executor-private-keys': devKeys.bundlerExecutors.join(','),
    'utility-private-key': devKeys.bundlerUtility,
    'safe-mode': false,
    'enable-cors': true,
    'min-bundle-interval': 10,
    'max-bundle-interval': 10,
    'block-time': 50,
    'block-number-cache-ttl': 0,
    'utility-wallet-monitor': false,
    'log-level': 'warn',
  }
  return startPart({
    name: 'bundler (alto)',
    command: process.execPath,
    args: [
      '--import',
      clock,
      alto,
      'run',
      ...Object.entries(flags).flatMap(([key, value]) => [`--${key}`, `${value}`]),
    ],
    port,
    env: { LATCHKEY_CHAIN_URL: rpcUrl },
    isReady: async () => (await rpc(url, 'eth_supportedEntryPoints')).length > 0,
    onCrash,
  })
}
