import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const stack = join(dirname(fileURLToPath(import.meta.url)), '..')
const require = createRequire(import.meta.url)
const settings = {
  evmVersion: 'cancun',
  optimizer: { enabled: true, runs: 10_000 },
  metadata: { bytecodeHash: 'none', appendCBOR: false },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
}

/**
 * @typedef {object} Artefact
 * @property {import('viem').Abi} abi
 * @property {`0x${string}`} bytecode Creation code, without constructor arguments.
 */

/**
 * Compiles the contracts of a folder beside this one with the pinned solc; the result is kept in `out/` until a source changes.
 *
 * @param {string} name - Of the folder.
 * @returns {Promise<{ DemoToken: Artefact, DemoPaymaster: Artefact } & Record<string, Artefact>>} By contract; a file's contract has the file's name.
 * @throws {Error} A source does not compile; the message carries solc's own words.
 */
export async function compile(name) {
  const cacheFile = join(stack, 'out', `${name}.json`)
  const sources = readSources(join(stack, name))
  const hash = createHash('sha256')
    .update(JSON.stringify([sources, settings]))
    .digest('hex')
  if (existsSync(cacheFile)) {
    const cached = JSON.parse(readFileSync(cacheFile, 'utf8'))
    if (cached.hash === hash) return cached.contracts
  }
  const contracts = await runSolc(sources)
  mkdirSync(dirname(cacheFile), { recursive: true })
  writeFileSync(cacheFile, JSON.stringify({ hash, contracts }))
  return contracts
}

/**
 * @param {string} folder
 * @returns {Record<string, { content: string }>}
 */
function readSources(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sol'))
  return Object.fromEntries(
    files.sort().map((file) => [file, { content: readFileSync(join(folder, file), 'utf8') }]),
  )
}

/** @param {Record<string, { content: string }>} sources */
async function runSolc(sources) {
  const { default: solc } = await import('solc')
  const input = JSON.stringify({ language: 'Solidity', sources, settings })
  const output = JSON.parse(solc.compile(input, { import: readImport }))
  const errors = (output.errors ?? []).filter((entry) => entry.severity === 'error')
  if (errors.length > 0) throw new Error(errors.map((entry) => entry.formattedMessage).join('\n'))
  return Object.fromEntries(
    Object.keys(sources).map((file) => {
      const name = file.replace('.sol', '')
      const { abi, evm } = output.contracts[file][name]
      return [name, { abi, bytecode: `0x${evm.bytecode.object}` }]
    }),
  )
}

/** @param {string} path An import such as `@openzeppelin/contracts/…`, found in a `node_modules` above. */
function readImport(path) {
  for (const root of require.resolve.paths(path) ?? []) {
    const file = join(root, path)
    if (existsSync(file)) return { contents: readFileSync(file, 'utf8') }
  }
  return { error: `not installed: ${path}` }
}
