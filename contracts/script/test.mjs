// Runs the contract tests on the release code (built first) and ends with `N passed, N failed`. Arguments go to `forge test`.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import './build.mjs'

const CONTRACTS = dirname(dirname(fileURLToPath(import.meta.url)))
const NATIVE = join(CONTRACTS, '../node_modules/@foundry-rs/forge-linux-amd64/bin/forge')

const forge = existsSync(NATIVE) ? NATIVE : 'forge'
const child = spawn(forge, ['test', '--color', 'never', ...process.argv.slice(2)], {
  cwd: CONTRACTS,
  // Read by test/fixtures/Deployer.sol: the bytes that are deployed, not those that forge compiles for the tests' types.
  env: { ...process.env, RELEASE: 'true' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
let output = ''
child.stdout.on('data', (chunk) => {
  output += chunk
  process.stdout.write(chunk)
})
child.on('error', (error) => {
  console.error(
    `contracts: cannot run ${forge} (${error.message}). Install Foundry, or run npm ci on Linux x64.`,
  )
})
child.on('close', (code) => finish(code ?? 1))

function finish(code) {
  let passed = 0
  let failed = 0
  for (const [, ok, bad] of output.matchAll(/Suite result: .*?(\d+) passed; .*?(\d+) failed;/g)) {
    passed += Number(ok)
    failed += Number(bad)
  }
  // Nothing ran, or forge failed outside a test: that is a failure too.
  if (failed === 0 && (code !== 0 || passed === 0)) failed = 1
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
