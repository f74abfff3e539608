import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { getContractAddress } from 'viem'
import { deployByProxy } from './deployByProxy.mjs'
import { rpc } from './rpc.mjs'

const list = fileURLToPath(new URL('../../../contracts/out/deploy.json', import.meta.url))

/** Key in the stack's record -> name in the deployment list. */
const names = {
  entryPoint: 'EntryPoint',
  factory: 'AAFactory',
  sessionKeyValidator: 'SessionKeyValidator',
  guardianExecutor: 'GuardianExecutor',
}

/**
 * Deploys the EntryPoint and Latchkey's contracts as `npm run build:contracts` listed them.
 *
 * @param {string} rpcUrl
 * @returns {Promise<Record<keyof typeof names | 'accountImplementation', `0x${string}`>>} Where each contract stands.
 * @throws {Error} The list is missing or incomplete, or a deployment failed.
 */
export async function deployWallet(rpcUrl) {
  if (!existsSync(list)) throw new Error('The contracts are not built: run `npm run build:contracts` first.')
  /** @type {Record<string, `0x${string}`>} */
  const deployed = {}
  for (const contract of JSON.parse(readFileSync(list, 'utf8'))) {
    deployed[contract.name] = await deployByProxy(rpcUrl, contract)
  }
  const missing = Object.values(names).filter((name) => deployed[name] === undefined)
  if (missing.length > 0) throw new Error(`contracts/out/deploy.json does not list ${missing.join(', ')}.`)
  const contracts = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, deployed[name]]))
  // The factory's constructor creates the implementation: its first contract.
  const accountImplementation = getContractAddress({ from: contracts.factory, nonce: 1n })
  if ((await rpc(rpcUrl, 'eth_getCode', [accountImplementation, 'latest'])) === '0x') {
    throw new Error(`The factory has not created the account implementation at ${accountImplementation}.`)
  }
  return { ...contracts, accountImplementation }
}
