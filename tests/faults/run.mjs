import { runCommand } from '../../demo/setup/runCommand.mjs'
import { setup } from '../../demo/setup.mjs'

/**
 * `npm run faults`: the tests of `tests/e2e/faults.spec.ts` at full length, 50 kills and 1,000 parallel spends. `-- --rounds N` and
 * `-- --spends N` choose other numbers.
 */
const node = process.execPath
const args = process.argv.slice(2)
const option = (name, fallback) => (args.includes(name) ? args[args.indexOf(name) + 1] : fallback)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))

await setup({ for: 'tests' })
const env = {
  LATCHKEY_FAULT_ROUNDS: option('--rounds', '50'),
  LATCHKEY_FAULT_SPENDS: option('--spends', '1000'),
}
const steps = [
  ['contracts/script/build.mjs'],
  ['node_modules/vite/bin/vite.js', 'build', 'demo/dapp', '--logLevel', 'warn'],
  ['node_modules/wxt/bin/wxt.mjs', 'build'],
  ['node_modules/@playwright/test/cli.js', 'test', 'e2e/faults'],
]
for (const step of steps) {
  const { code, output } = await runCommand(node, step, { env })
  if (code !== 0 || step === steps.at(-1)) console.log(output)
  if (code !== 0) process.exit(1)
}
