import { fileURLToPath } from 'node:url'
import { setup } from './setup.mjs'

const out = fileURLToPath(new URL('out/stack.json', import.meta.url))

try {
  await setup({ for: 'stack' })
  const { startStack } = await import('./stack/startStack.mjs')
  const { portBase } = await import('./stack/process/portBase.mjs')
  const { untilStopped } = await import('./stack/process/untilStopped.mjs')

  await untilStopped(async (onCrash) => {
    const started = Date.now()
    const { record, stop } = await startStack({ portBase: portBase(), preferredBase: 8545, out, onCrash })
    console.log(`Stack is up after ${((Date.now() - started) / 1000).toFixed(1)} s; Ctrl-C ends it.`)
    console.log(`  chain      ${record.rpcUrl} (id ${record.chainId})`)
    console.log(`  bundler    ${record.bundlerUrl}`)
    console.log(`  paymaster  ${record.paymasterUrl}`)
    console.log(`  dapp       ${record.dappUrl}`)
    console.log(`  record     ${out}`)
    return stop
  })
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
