// Compiles the deployed contracts with npm's solc, in the settings of foundry.toml's release profile.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import solc from 'solc'

/** Of the standard JSON input. */
export const SETTINGS = {
  evmVersion: 'cancun',
  viaIR: true,
  optimizer: { enabled: true, runs: 1_000_000 },
  metadata: { bytecodeHash: 'none', appendCBOR: false },
  remappings: [
    '@openzeppelin/contracts/=node_modules/@openzeppelin/contracts/',
    '@account-abstraction/=node_modules/@account-abstraction/contracts/',
    'solady/=node_modules/solady/src/',
  ],
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } },
}

/**
 * Reads the contracts of a folder and everything they import.
 *
 * @param root - Of the repository.
 * @param folder - Below `root`.
 * @returns Map of the path below `root` to the text, in a fixed order. The paths go into the compiler, so that the
 * bytes do not depend on where the repository lies.
 */
export function collectSources(root, folder) {
  const sources = new Map()
  const pending = readdirSync(join(root, folder), { recursive: true })
    .map((path) => posix.join(folder, path.split('\\').join('/')))
    .filter((path) => path.endsWith('.sol'))
  while (pending.length > 0) {
    const path = pending.pop()
    if (sources.has(path)) continue
    if (!existsSync(join(root, path))) throw new Error(`contracts: ${path} does not exist; run npm ci`)
    const text = readFileSync(join(root, path), 'utf8')
    sources.set(path, text)
    pending.push(...importsOf(path, text))
  }
  return new Map([...sources].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Compiles the sources.
 *
 * @param sources - As `collectSources` returns them.
 * @param folder - The same.
 * @returns Contract name → {abi, bytecode, deployedBytecode}, of the contracts of the folder.
 * @throws If the compiler reports an error.
 */
export function compile(sources, folder) {
  const input = { language: 'Solidity', sources: {}, settings: SETTINGS }
  for (const path of sources.keys()) {
    if (path.startsWith(`${folder}/`)) input.sources[path] = { urls: [path] }
  }
  const read = (path) => {
    const contents = sources.get(path)
    return contents === undefined ? { error: `not collected: ${path}` } : { contents }
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read }))
  const errors = (output.errors ?? []).filter((error) => error.severity === 'error')
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join('\n'))

  const artifacts = {}
  for (const [path, contracts] of Object.entries(output.contracts)) {
    if (!path.startsWith(`${folder}/`)) continue
    for (const [name, { abi, evm }] of Object.entries(contracts)) {
      artifacts[name] = {
        abi,
        bytecode: `0x${evm.bytecode.object}`,
        deployedBytecode: `0x${evm.deployedBytecode.object}`,
      }
    }
  }
  return artifacts
}

/** Paths of what a source imports. */
export function importsOf(path, text) {
  const imports = text.matchAll(/^(?:import|\})[^;"']*["']([^"']+)["'];/gm)
  return [...imports].map(([, name]) => resolveImport(path, name))
}

function resolveImport(from, name) {
  if (name.startsWith('.')) return posix.join(dirname(from), name)
  for (const remapping of SETTINGS.remappings) {
    const [prefix, target] = remapping.split('=')
    if (name.startsWith(prefix)) return target + name.slice(prefix.length)
  }
  throw new Error(`contracts: ${from} imports ${name}, which no remapping covers`)
}
