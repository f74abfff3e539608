#!/usr/bin/env node
// Makes npm's solc look like the native compiler to forge: answers `--version` and `--standard-json`.
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import solc from 'solc'

/** What forge's relative source names are relative to. */
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** As in compile.mjs. forge's own setting is the chain that the tests run on. */
const EVM_VERSION = 'cancun'

const args = process.argv.slice(2)
if (args.includes('--version')) {
  const version = solc.version().replace('Emscripten.clang', 'Linux.g++')
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`)
} else if (args.includes('--standard-json')) {
  process.stdout.write(compileByCallback(JSON.parse(readFileSync(0, 'utf8'))))
} else {
  process.stderr.write('solc.mjs: only --version and --standard-json are supported\n')
  process.exitCode = 1
}

/** Hands the texts over by the read callback: as one JSON string, large inputs overflow the wasm stack. */
function compileByCallback(input) {
  const texts = new Map()
  for (const [name, source] of Object.entries(input.sources)) {
    texts.set(resolve(ROOT, name), source.content)
    input.sources[name] = { urls: [name] }
  }
  input.settings.evmVersion = EVM_VERSION
  const read = (name) => {
    const contents = texts.get(resolve(ROOT, name))
    return contents === undefined ? { error: `not given: ${name}` } : { contents }
  }
  return solc.compile(JSON.stringify(input), { import: read })
}
