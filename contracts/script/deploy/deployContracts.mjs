import { concat, keccak256, pad, size } from 'viem'
import { readImmutables } from './checkCode.mjs'

/** Somebody else's: what its immutables hold depends on the chain. */
const FOREIGN = new Set(['EntryPoint'])

/**
 * Deploys through the CREATE2 proxy what does not stand yet, and verifies all of it.
 *
 * @param {object} options
 * @param {import('viem').PublicClient} options.chain
 * @param {import('viem').WalletClient} [options.wallet] Pays. Without it nothing is sent.
 * @param {{ name: string, address: `0x${string}`, salt: `0x${string}`, initCode: `0x${string}` }[]} options.steps In order.
 * @param {Record<string, { address: `0x${string}`, code: `0x${string}` }>} options.runtime Compiled code by contract.
 * @param {Record<string, `0x${string}`>} options.record Where everything stands; goes out again.
 * @param {(line: string) => void} options.log
 * @returns {Promise<Record<string, string>>} Code hash by contract.
 * @throws {Error} The chain has no CREATE2 proxy, a deployment failed, or other code stands at an address.
 */
export async function deployContracts({ chain, wallet, steps, runtime, record, log }) {
  if (!(await codeAt(chain, record.create2Proxy))) throw new Create2ProxyMissingError(record.create2Proxy)
  for (const step of steps) {
    if (await codeAt(chain, step.address)) log(`stands    ${step.address} ${step.name}`)
    else if (wallet === undefined) throw new Error(`${step.name} is missing at ${step.address}.`)
    else await deploy({ chain, wallet, step, to: record.create2Proxy, log })
  }
  const known = new Set(
    Object.values(record).map((value) => (size(value) === 20 ? pad(value) : value).toLowerCase()),
  )
  const hashes = {}
  for (const [name, { address, code }] of Object.entries(runtime)) {
    const deployed = await codeAt(chain, address)
    const immutables = deployed && readImmutables(deployed, code)
    if (!immutables || (!FOREIGN.has(name) && !immutables.every((value) => known.has(value)))) {
      throw new Error(
        `The code at ${address} is not that of ${name}. Nothing on this chain may be trusted with it.`,
      )
    }
    hashes[name] = keccak256(deployed)
    log(`verified  ${address} ${name} ${hashes[name]}`)
  }
  return hashes
}

async function deploy({ chain, wallet, step, to, log }) {
  const { name, address, salt, initCode } = step
  const hash = await wallet.sendTransaction({ chain: null, to, data: concat([salt, initCode]) })
  const { status, gasUsed } = await chain.waitForTransactionReceipt({ hash })
  if (status !== 'success' || !(await codeAt(chain, address))) {
    throw new Error(`Deploying ${name} failed in ${hash}: no code at ${address}.`)
  }
  log(`deployed  ${address} ${name}, ${gasUsed} gas, ${hash}`)
}

async function codeAt(chain, address) {
  const code = await chain.getCode({ address })
  return code === '0x' ? undefined : code
}

class Create2ProxyMissingError extends Error {
  /** @param {string} proxy */
  constructor(proxy) {
    super(
      `This chain has no CREATE2 proxy at ${proxy}, without which the contracts would get other addresses than elsewhere. ` +
        'Put it there first: fund 0x3fab184622dc19b6109349b94811493bf45362c6 and send the pre-signed transaction of ' +
        'https://github.com/Arachnid/deterministic-deployment-proxy, or ask the operator of the chain to.',
    )
  }
}
