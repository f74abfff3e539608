import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freshApp, linkTools } from './freshApp.mjs'

// Packs the dapp package as it would be published, installs it into fresh wagmi 2 and wagmi 3 apps, and type-checks and loads it there.
// Then makes a fresh app of the documentation's code and runs its test, with the extension and the stack that come with the package.
// The sample is no .ts file here, as it imports the package by its name.
const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const work = mkdtempSync(join(tmpdir(), 'latchkey-package-'))
const results = []

const shared = {
  typescript: '5.9.3',
  react: '19.2.0',
  '@types/react': '19.2.2',
  '@tanstack/react-query': '5.90.10',
}
const apps = [
  { name: 'wagmi 2', dependencies: { ...shared, wagmi: '2.19.5', viem: '2.57.1', ox: '0.14.45' } },
  {
    name: 'wagmi 3',
    dependencies: { ...shared, wagmi: '3.7.7', '@wagmi/core': '3.6.5', viem: '2.57.1', ox: '0.14.45' },
  },
]

try {
  const built = step('build', root, 'npm', ['run', '--silent', 'build:package'])
  const packed =
    built && step('pack', root, 'npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', work])
  if (packed) {
    const tarball = join(work, packed.trim().split('\n').at(-1))
    step('publint', root, process.execPath, [
      join(root, 'node_modules/publint/src/cli.js'),
      'run',
      tarball,
      '--strict',
    ])
    for (const app of apps) check(app, tarball)
    await checkFreshApp(tarball)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
const failed = results.filter((passed) => !passed).length
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function check({ name, dependencies }, tarball) {
  const folder = join(work, name.replace(' ', '-'))
  mkdirSync(folder)
  copyFileSync(join(here, 'sample.ts.txt'), join(folder, 'sample.ts'))
  write(folder, 'package.json', {
    name: 'sample',
    private: true,
    type: 'module',
    dependencies: { ...dependencies, latchkey: `file:${tarball}` },
    overrides: { viem: '$viem', ox: '$ox' },
  })
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'ES2022',
  }
  write(folder, 'tsconfig.json', {
    compilerOptions: {
      ...compilerOptions,
      module: 'ESNext',
      moduleResolution: 'bundler',
      lib: ['ES2022', 'DOM'],
    },
    files: ['sample.ts'],
  })
  write(folder, 'tsconfig.node.json', {
    compilerOptions: { ...compilerOptions, module: 'NodeNext', lib: ['ES2022', 'DOM'] },
    files: ['sample.ts'],
  })
  const install = [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--omit=optional',
  ]
  if (!step(`${name}: install`, folder, 'npm', install)) return
  const tsc = join(folder, 'node_modules/typescript/bin/tsc')
  step(`${name}: types (bundler)`, folder, process.execPath, [tsc, '-p', 'tsconfig.json'])
  step(`${name}: types (NodeNext)`, folder, process.execPath, [tsc, '-p', 'tsconfig.node.json'])
  const code = `const { ssoConnector } = await import('latchkey/connector'); const { getSessions } = await import('latchkey/actions')
    const { describeSession } = await import('latchkey/describe')
    const { createConfig, http } = await import('wagmi'); const { mainnet } = await import('wagmi/chains')
    const config = createConfig({ chains: [mainnet], transports: { 1: http() }, connectors: [ssoConnector()] })
    if (config.connectors[0].name !== 'Latchkey' || typeof getSessions !== 'function' || typeof describeSession !== 'function') throw new Error('not loaded')`
  step(`${name}: loads`, folder, process.execPath, ['--input-type=module', '-e', code])
  write(folder, 'session.json', {
    transfers: [{ to: `0x${'51'.repeat(20)}`, valueLimit: '0x38d7ea4c68000' }],
  })
  const said = step(`${name}: npx latchkey describe`, folder, 'npx', ['latchkey', 'describe', 'session.json'])
  results.push(said?.includes('At worst you lose 0.003 ETH, fees included') === true)
}

async function checkFreshApp(tarball) {
  const folder = join(work, 'fresh')
  await freshApp(folder, tarball)
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
  if (!step('fresh app: install', folder, 'npm', install)) return
  linkTools(folder)
  step('fresh app: types of the documentation', folder, process.execPath, [
    join(folder, 'node_modules/typescript/bin/tsc'),
  ])
  const playwright = join(folder, 'node_modules/@playwright/test/cli.js')
  step('fresh app: one tap, by latchkey/testing', folder, process.execPath, [playwright, 'test'])
}

/** Runs a command as one check. Returns its output, or `undefined` when it failed. */
function step(name, cwd, command, args) {
  const started = Date.now()
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    timeout: 300_000,
  })
  const passed = status === 0
  results.push(passed)
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (passed) return stdout
  console.log(
    [stdout, stderr, error?.message].filter(Boolean).join('\n').trim().split('\n').slice(-40).join('\n'),
  )
  return undefined
}

function write(folder, name, value) {
  writeFileSync(join(folder, name), JSON.stringify(value, null, 2))
}
