import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startBundler } from './bundler/startBundler.mjs'
import { deployDemo } from './chain/deployDemo.mjs'
import { deployWallet } from './chain/deployWallet.mjs'
import { devKeys } from './chain/devKeys.mjs'
import { defaultChainId, startChain } from './chain/startChain.mjs'
import { serveDapp } from './dapp/serveDapp.mjs'
import { createSponsor } from './paymaster/createSponsor.mjs'
import { serveRpc } from './paymaster/serveRpc.mjs'
import { freePorts } from './process/freePorts.mjs'

const parts = /** @type {const} */ (['chain', 'bundler', 'paymaster', 'dapp'])
const dappFolder = fileURLToPath(new URL('../dapp/dist', import.meta.url))
const entryPoint = '0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108'
const zeroAddress = '0x0000000000000000000000000000000000000000'

/**
 * Starts the embedded stack: chain, contracts, bundler, paymaster and, unless told otherwise, the demo dapp.
 *
 * @param {import('./startStack.mjs').StackOptions} [options]
 * @returns {Promise<import('./startStack.mjs').Stack>}
 * @throws {Error} A part failed; the message says which, on which port, with its last lines. Nothing stays running.
 */
export async function startStack(options = {}) {
  const { chainId = defaultChainId } = options
  const ports = await freePorts(parts, options)
  const rpcUrl = `http://127.0.0.1:${ports.chain}`
  const onCrash = options.onCrash ?? ((message) => console.error(message))
  /** @type {{ stop: () => Promise<void> }[]} */
  const running = []
  const stop = async () => {
    for (const part of running.splice(0).reverse()) await part.stop()
  }
  try {
    running.push(await startChain({ port: ports.chain, chainId, onCrash }))
    const starting = startBundler({ port: ports.bundler, rpcUrl, entryPoint, onCrash })
    const [bundler, deployed] = await Promise.allSettled([starting, deployAll(rpcUrl)])
    if (bundler.status === 'fulfilled') running.push(bundler.value)
    if (deployed.status === 'rejected') throw deployed.reason
    if (bundler.status === 'rejected') throw bundler.reason

    const record = describe(chainId, ports, deployed.value)
    const sponsor = createSponsor({
      rpcUrl,
      chainId,
      entryPoint,
      paymaster: record.demo.paymaster,
      privateKey: devKeys.sponsor.privateKey,
    })
    running.push(await serveRpc({ name: 'paymaster', port: ports.paymaster, methods: sponsor.methods }))
    if (options.dapp !== false) {
      const publicRecord = { ...record, funder: { address: record.funder.address } }
      running.push(await serveDapp({ port: ports.dapp, folder: dappFolder, record: () => publicRecord }))
    }
    if (options.out !== undefined) {
      mkdirSync(dirname(options.out), { recursive: true })
      writeFileSync(options.out, `${JSON.stringify(record, undefined, 2)}\n`)
    }
    return {
      record,
      stop,
      async restartBundler() {
        const old = running.findIndex((part) => part === bundler.value)
        await running[old]?.stop()
        running[old] = bundler.value = await startBundler({
          port: ports.bundler,
          rpcUrl,
          entryPoint,
          onCrash,
        })
      },
      pauseSponsor: () => sponsor.setPaused(true),
      resumeSponsor: () => sponsor.setPaused(false),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** @param {string} rpcUrl */
async function deployAll(rpcUrl) {
  const contracts = await deployWallet(rpcUrl)
  return { contracts, demo: await deployDemo(rpcUrl, contracts.entryPoint) }
}

/** @returns {import('./startStack.mjs').StackRecord} */
function describe(chainId, ports, { contracts, demo }) {
  const { demoToken, ...addresses } = demo
  return {
    chainId,
    chainName: 'Latchkey demo',
    rpcUrl: `http://127.0.0.1:${ports.chain}`,
    bundlerUrl: `http://127.0.0.1:${ports.bundler}`,
    paymasterUrl: `http://127.0.0.1:${ports.paymaster}`,
    dappUrl: `http://127.0.0.1:${ports.dapp}`,
    kind: 'latchkey',
    contracts: { ...contracts, webAuthnValidator: zeroAddress },
    tokens: { demoToken },
    funder: { ...devKeys.funder },
    demo: addresses,
  }
}
