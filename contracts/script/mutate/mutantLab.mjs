// A copy of the contracts in which mutants are compiled and tested.
import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, posix } from 'node:path'
import solc from 'solc'
import { SETTINGS, collectSources, importsOf } from '../compile.mjs'

const SRC = 'contracts/src'
const HARNESS = 'contracts/test/harness'
/** Not what kills mutants: campaigns, gas figures, the replay of other tests' scripts. */
const LEFT_OUT = ['test/invariants', 'test/Gas.t.sol', 'test/vectors/replay']
/** forge runs the suites in alphabetical order: what kills the most in the shortest time first, the slowest last. */
const RENAMED = [
  ['test/vectors/PolicyVectors.t.sol', 'test/vectors/APolicyVectors.t.sol'],
  ['test/SessionCells.t.sol', 'test/DSessionCells.t.sol'],
  ...['Assertions', 'Factory', 'P256', 'P256Wycheproof', 'Passkey'].map((name) => [
    `test/${name}.t.sol`,
    `test/Z${name}.t.sol`,
  ]),
]
/** Of the contracts with a mutant in them. A fifth of the time of optimized code, and the tests hold for both. */
const QUICK = { ...SETTINGS, viaIR: false, optimizer: { enabled: false } }
/** Whose stack is too deep without. */
const NEEDS_OPTIMIZER = new Set(['P256Verifier'])
/** Seconds on the processor, of which the unchanged code takes about two: load does not make a test late. */
const CPU_LIMIT = 60

/**
 * Copies the contracts, compiles their tests, which takes a minute, and tests the unchanged code, compiled as mutants
 * are. With `folder` in place, compiles only what changed.
 *
 * @param {string} root Of the repository.
 * @param {string} folder Of the copy.
 * @param {{ fuzzRuns: number }} options
 * @throws {Error} The tests fail before anything is changed.
 */
export async function buildLab(root, folder, { fuzzRuns }) {
  const contracts = join(folder, 'contracts')
  for (const part of ['src', 'test', 'script']) {
    rmSync(join(contracts, part), { recursive: true, force: true })
    cpSync(join(root, 'contracts', part), join(contracts, part), { recursive: true })
  }
  for (const part of LEFT_OUT) rmSync(join(contracts, part), { recursive: true, force: true })
  for (const [name, other] of RENAMED) renameSync(join(contracts, name), join(contracts, other))
  const toml = readFileSync(join(root, 'contracts/foundry.toml'), 'utf8')
  writeFileSync(join(contracts, 'foundry.toml'), toml.replace('"script/solc.mjs"', '"script/solc.sh"'))
  writeFileSync(join(contracts, 'script/solc.sh'), solcThatStartsAtOnce(), { mode: 0o755 })
  for (const name of ['node_modules', 'tests']) {
    if (!existsSync(join(folder, name))) symlinkSync(join(root, name), join(folder, name))
  }
  const { code, output } = await run(forgeOf(root), ['build'], contracts, {})
  if (code !== 0) throw new Error(`The tests do not compile:\n${output.slice(-4000)}`)
  const { error, bytecodes } = compileQuickly(sourcesOf(folder), contractsOf(root))
  if (error !== undefined) throw new Error(error)
  write(contracts, bytecodes)
  const before = await runTests(root, contracts, fuzzRuns)
  if (before.verdict !== 'passed') {
    throw new Error(`The tests fail on the unchanged code:\n${before.verdict} ${before.output.slice(-4000)}`)
  }
}

/** Copies a built lab, with what forge wrote about where its files lie. */
export function copyLab(from, to) {
  rmSync(to, { recursive: true, force: true })
  cpSync(from, to, { recursive: true, preserveTimestamps: true })
  for (const part of ['contracts/cache', 'contracts/out/forge']) {
    for (const name of readdirSync(join(to, part), { recursive: true })) {
      const path = join(to, part, name)
      if (!name.endsWith('.json')) continue
      const text = readFileSync(path, 'utf8')
      if (text.includes(`${from}/`)) writeFileSync(path, text.replaceAll(`${from}/`, `${to}/`))
    }
  }
}

/**
 * Opens a lab that was built, or copied from one.
 *
 * @param {string} root Of the repository.
 * @param {string} folder Of the lab.
 * @param {{ fuzzRuns: number }} options
 */
export function openLab(root, folder, { fuzzRuns }) {
  const contracts = join(folder, 'contracts')
  const sources = sourcesOf(folder)
  const deployed = contractsOf(root)
  const original = Object.fromEntries(deployed.map(([name]) => [name, read(contracts, name)]))
  const released = new Map()

  return {
    /**
     * Tests changed code: at first without fuzzing, which finds nearly everything.
     *
     * @param {string} path Source that changed.
     * @param {string} text Its new text.
     * @returns {Promise<'invalid' | 'equivalent' | 'killed' | 'timeout' | 'survived'>} `invalid` if it does not compile,
     * `equivalent` if even the unoptimized bytecode is the same, `timeout` if the tests did not end.
     */
    async judge(path, text) {
      const affected = deployed.filter((contract) => reaches(sources, contract, path))
      const changedSources = new Map(sources).set(path, text)
      const changed = compileQuickly(changedSources, affected)
      if (changed.error !== undefined) return 'invalid'
      if (isSame(affected, changed.bytecodes, original)) return 'equivalent'
      write(contracts, changed.bytecodes)
      try {
        for (const runs of [1, fuzzRuns]) {
          const { verdict } = await runTests(root, contracts, runs)
          if (verdict !== 'passed') return verdict
        }
      } finally {
        write(contracts, Object.fromEntries(affected.map(([name]) => [name, original[name]])))
      }
      return 'survived'
    },

    /**
     * Compares the release bytecode, which takes ten times as long as to judge.
     *
     * @param {string} path Source that changed.
     * @param {string} text Its new text.
     * @returns {'equivalent' | 'survived'} `equivalent` if it is the same.
     */
    compare(path, text) {
      const changedSources = new Map(sources).set(path, text)
      // One contract after the other, the factory, which contains the account, last: nearly always the first says no.
      const affected = deployed.filter((contract) => reaches(sources, contract, path)).toReversed()
      const isSameCode = affected.every((contract) => {
        const [name] = contract
        const compileIt = (from) => bytecodesOf(compileContracts(from, [contract], SETTINGS))[name]
        if (!released.has(name)) released.set(name, compileIt(sources))
        return compileIt(changedSources) === released.get(name)
      })
      return isSameCode ? 'equivalent' : 'survived'
    },
  }
}

function sourcesOf(folder) {
  return new Map([...collectSources(folder, SRC), ...collectSources(folder, HARNESS)])
}

function isSame(contracts, some, others) {
  return contracts.every(([name]) => some[name] === others[name])
}

/** Contracts that tests deploy: name and source. */
function contractsOf(root) {
  const paths = [HARNESS, SRC].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((path) => posix.join(folder, path)),
  )
  const names = readdirSync(join(root, 'contracts/out/release')).map((file) => file.replace('.json', ''))
  return names.map((name) => [name, paths.find((path) => path.endsWith(`/${name}.sol`))])
}

function reaches(sources, [, from], path, seen = new Set()) {
  if (from === path) return true
  if (seen.has(from)) return false
  seen.add(from)
  return importsOf(from, sources.get(from)).some((next) => reaches(sources, ['', next], path, seen))
}

function compileQuickly(sources, contracts) {
  const some = contracts.filter(([name]) => !NEEDS_OPTIMIZER.has(name))
  const others = contracts.filter(([name]) => NEEDS_OPTIMIZER.has(name))
  const settings = { ...QUICK, optimizer: SETTINGS.optimizer }
  const results = [compileContracts(sources, some, QUICK), compileContracts(sources, others, settings)]
  const error = results.find((result) => result.error !== undefined)
  return error ?? { bytecodes: { ...results[0].bytecodes, ...results[1].bytecodes } }
}

function compileContracts(sources, contracts, settings) {
  if (contracts.length === 0) return { bytecodes: {} }
  const outputSelection = Object.fromEntries(
    contracts.map(([name, path]) => [path, { [name]: ['evm.bytecode.object'] }]),
  )
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(contracts.map(([, path]) => [path, { urls: [path] }])),
    settings: { ...settings, outputSelection },
  }
  const find = (path) =>
    sources.has(path) ? { contents: sources.get(path) } : { error: `not collected: ${path}` }
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: find }))
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return { error: errors[0].formattedMessage }
  return {
    bytecodes: Object.fromEntries(
      contracts.map(([name, path]) => [name, `0x${output.contracts[path][name].evm.bytecode.object}`]),
    ),
  }
}

function bytecodesOf({ error, bytecodes }) {
  if (error !== undefined) throw new Error(error)
  return bytecodes
}

function write(contracts, bytecodes) {
  mkdirSync(join(contracts, 'out/release'), { recursive: true })
  for (const [name, bytecode] of Object.entries(bytecodes)) {
    writeFileSync(join(contracts, `out/release/${name}.json`), JSON.stringify({ bytecode }))
  }
}

function read(contracts, name) {
  return JSON.parse(readFileSync(join(contracts, `out/release/${name}.json`), 'utf8')).bytecode
}

/**
 * Runs all tests, up to the first that fails. With a filter forge would compile before it starts.
 *
 * @returns {Promise<{ verdict: 'passed' | 'killed' | 'timeout', output: string }>}
 * @throws {Error} forge failed, not a test.
 */
async function runTests(root, contracts, fuzzRuns) {
  // Cases of other mutants.
  rmSync(join(contracts, 'cache/fuzz'), { recursive: true, force: true })
  const args = ['-c', `ulimit -t ${CPU_LIMIT}; exec "$0" "$@"`, forgeOf(root)]
  args.push('test', '--fail-fast', '--threads', '1', '--color', 'never')
  const { code, signal, output } = await run('/bin/sh', args, contracts, {
    RELEASE: 'true',
    FOUNDRY_FUZZ_RUNS: `${fuzzRuns}`,
    FOUNDRY_FUZZ_SEED: '0x1',
  })
  if (code === 0) return { verdict: 'passed', output }
  if (signal === 'SIGXCPU' || signal === 'SIGKILL') return { verdict: 'timeout', output }
  if (!output.includes('[FAIL'))
    throw new Error(`forge ended with ${code ?? signal}:\n${output.slice(-4000)}`)
  return { verdict: 'killed', output }
}

function run(command, args, cwd, env) {
  // forge asks git for submodules, which takes longer than the tests, unless there is no git.
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env, PATH: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, output }))
  })
}

/** Answers `--version`, which forge asks before every run, without a start of node. */
function solcThatStartsAtOnce() {
  const version = solc.version().replace('Emscripten.clang', 'Linux.g++')
  return `#!/bin/sh
if [ "$1" = --version ]; then
  echo 'solc, the solidity compiler commandline interface'
  echo 'Version: ${version}'
else
  exec '${process.execPath}' "\${0%/*}/solc.mjs" "$@"
fi
`
}

function forgeOf(root) {
  const native = join(root, 'node_modules/@foundry-rs/forge-linux-amd64/bin/forge')
  if (existsSync(native)) return native
  const folders = (process.env.PATH ?? '').split(':').map((folder) => join(folder, 'forge'))
  return folders.find((path) => existsSync(path)) ?? 'forge'
}
