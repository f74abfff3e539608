// A copy of the contracts in which mutants are compiled and tested.
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import solc from 'solc'
import { SETTINGS, collectSources, importsOf } from '../compile.mjs'

const SRC = 'contracts/src'
const HARNESS = 'contracts/test/harness'
/** What runs of the tests: neither campaigns nor gas figures. */
const SKIPPED = 'test/{invariants/*,Gas.t.sol}'
const TIMEOUT_MS = 180_000
/** Compiles the tests first. */
const FIRST_TIMEOUT_MS = 1_200_000

/**
 * Sets up the copy and tests the unchanged code in it, compiled as mutants are: without via-IR.
 *
 * @param {string} root Of the repository.
 * @param {{ fuzzRuns: number }} options
 * @throws {Error} The tests fail before anything is changed.
 */
export async function openLab(root, { fuzzRuns }) {
  const lab = join(root, 'contracts/out/mutants/lab')
  const contracts = join(lab, 'contracts')
  for (const part of ['src', 'test', 'script']) {
    rmSync(join(contracts, part), { recursive: true, force: true })
    cpSync(join(root, 'contracts', part), join(contracts, part), { recursive: true })
  }
  cpSync(join(root, 'contracts/foundry.toml'), join(contracts, 'foundry.toml'))
  for (const name of ['node_modules', 'tests']) {
    if (!existsSync(join(lab, name))) symlinkSync(join(root, name), join(lab, name))
  }
  const sources = new Map([...collectSources(root, SRC), ...collectSources(root, HARNESS)])
  const deployed = contractsOf(root)
  const original = compileContracts(sources, deployed)
  if (original.error !== undefined) throw new Error(original.error)
  write(contracts, original.bytecodes)
  const options = { contracts, root, fuzzRuns }
  const before = await runTests(options, [], FIRST_TIMEOUT_MS)
  if (before.verdict !== 'passed')
    throw new Error(`The tests fail on the unchanged code:\n${before.verdict} ${before.output.slice(-4000)}`)

  return {
    /** Sources by path, unchanged. */
    sources,

    /**
     * Tests changed code.
     *
     * @param {string} path Source that changed.
     * @param {string} text Its new text.
     * @param {string[]} likely Test files that probably fail, run first.
     * @returns {Promise<'invalid' | 'equivalent' | 'killed' | 'timeout' | 'survived'>} `invalid` if it does not compile,
     * `equivalent` if the bytecode is the same, `timeout` if the tests did not end.
     */
    async judge(path, text, likely) {
      const affected = deployed.filter((contract) => reaches(sources, contract, path))
      const changed = compileContracts(new Map(sources).set(path, text), affected)
      if (changed.error !== undefined) return 'invalid'
      if (affected.every(([name]) => changed.bytecodes[name] === original.bytecodes[name]))
        return 'equivalent'
      write(contracts, changed.bytecodes)
      try {
        for (const files of likely.length > 0 ? [likely, []] : [[]]) {
          const { verdict } = await runTests(options, files, TIMEOUT_MS)
          if (verdict !== 'passed') return verdict
        }
        return 'survived'
      } finally {
        write(contracts, original.bytecodes)
      }
    },
  }
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

function compileContracts(sources, contracts) {
  const outputSelection = Object.fromEntries(
    contracts.map(([name, path]) => [path, { [name]: ['evm.bytecode.object'] }]),
  )
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(contracts.map(([, path]) => [path, { urls: [path] }])),
    settings: { ...SETTINGS, viaIR: false, outputSelection },
  }
  const read = (path) =>
    sources.has(path) ? { contents: sources.get(path) } : { error: `not collected: ${path}` }
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read }))
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return { error: errors[0].formattedMessage }
  return {
    bytecodes: Object.fromEntries(
      contracts.map(([name, path]) => [name, `0x${output.contracts[path][name].evm.bytecode.object}`]),
    ),
  }
}

function write(contracts, bytecodes) {
  mkdirSync(join(contracts, 'out/release'), { recursive: true })
  for (const [name, bytecode] of Object.entries(bytecodes)) {
    writeFileSync(join(contracts, `out/release/${name}.json`), JSON.stringify({ bytecode }))
  }
}

/** Runs the named test files, all without names. @returns {Promise<{ verdict: 'passed' | 'killed' | 'timeout', output: string }>} */
function runTests({ contracts, root, fuzzRuns }, files, timeout) {
  const forge = join(root, 'node_modules/@foundry-rs/forge-linux-amd64/bin/forge')
  const which =
    files.length > 0 ? ['--match-path', `test/{${files.join(',')},}.t.sol`] : ['--no-match-path', SKIPPED]
  const child = spawn(
    existsSync(forge) ? forge : 'forge',
    ['test', '--fail-fast', '--color', 'never', ...which],
    {
      cwd: contracts,
      env: { ...process.env, RELEASE: 'true', FOUNDRY_FUZZ_RUNS: `${fuzzRuns}`, FOUNDRY_FUZZ_SEED: '0x1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  let late = false
  const timer = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, timeout)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ verdict: late ? 'timeout' : code === 0 ? 'passed' : 'killed', output })
    })
  })
}
