// Puts the whole set of contracts on a chain, at the same addresses as on every other.
//
//   npm run contracts:deploy -- --rpc-url URL --private-key 0x…    or PRIVATE_KEY in the environment
//   npm run contracts:deploy -- --rpc-url URL --unlocked 0x…       an account that the node signs for
//   npm run contracts:deploy -- --rpc-url URL --check              sends nothing, says what is missing
//
// What stands already is left alone. Prints the record for `lib/chains/deployments` as the last lines.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createPublicClient, createWalletClient, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import './build.mjs'
import { deployContracts } from './deploy/deployContracts.mjs'

const OUT = join(dirname(fileURLToPath(import.meta.url)), '../out')
const HELP =
  'Usage: npm run contracts:deploy -- --rpc-url URL [--private-key 0x… | --unlocked 0x… | --check] (or PRIVATE_KEY)'

try {
  const { values } = parseArgs({
    options: {
      'rpc-url': { type: 'string' },
      'private-key': { type: 'string' },
      unlocked: { type: 'string' },
      check: { type: 'boolean', default: false },
    },
  })
  if (values['rpc-url'] === undefined) throw new Error(HELP)
  const transport = http(values['rpc-url'])
  const chain = createPublicClient({ transport })
  const account = values.check ? undefined : accountOf(values)
  const steps = JSON.parse(readFileSync(join(OUT, 'deploy.json'), 'utf8'))
  const { record, runtime } = JSON.parse(readFileSync(join(OUT, 'deployed.json'), 'utf8'))
  const wallet = account && createWalletClient({ transport, account })
  const codeHashes = await deployContracts({ chain, wallet, steps, runtime, record, log: console.log })
  console.log(JSON.stringify({ chainId: await chain.getChainId(), ...record, codeHashes }, null, 2))
} catch (error) {
  console.error(error.shortMessage ?? error.message)
  process.exitCode = 1
}

/** @param {Record<string, string | boolean | undefined>} values */
function accountOf(values) {
  if (values.unlocked !== undefined) return values.unlocked
  const key = values['private-key'] ?? process.env.PRIVATE_KEY
  if (key === undefined || key === '') throw new Error(`No key. ${HELP}`)
  if (!/^0x[0-9a-fA-F]{64}$/.test(key)) throw new Error('The private key must be 0x and 64 hex digits.')
  return privateKeyToAccount(key)
}
