import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/**
 * Measures the built extension and fails when a part is over its budget. Builds and packs it first; `--built` measures what stands
 * in `.output`, without the zip. `--json` prints `{"background", "popup", "zip"}` in bytes as the last line.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const output = join(root, '.output')
const built = join(output, 'chrome-mv3')
const flags = new Set(process.argv.slice(2))

if (!flags.has('--built')) pack()
if (!existsSync(join(built, 'manifest.json')))
  throw new Error('The extension is not built: run `npm run build`.')
const parts = measure()
const over = print(parts)
if (flags.has('--json')) {
  const bytes = Object.fromEntries(parts.map(({ name, size }) => [name, size]))
  console.log(JSON.stringify({ background: bytes.background, popup: bytes.popup, zip: bytes.zip }))
}
process.exitCode = over > 0 ? 1 : 0

function pack() {
  const command = [join(root, 'node_modules/wxt/bin/wxt.mjs'), 'zip']
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`wxt zip failed:\n${stdout}${stderr}`)
}

/** @returns {{ name: string, size: number, budget: number }[]} In bytes; a kB is 1,000 of them. */
function measure() {
  const inpage = readFileSync(join(built, 'content-scripts/inpage.js'))
  const parts = [
    { name: 'inpage', size: inpage.length, budget: 8_000 },
    { name: 'inpage, gzip', size: gzipSync(inpage, { level: 9 }).length, budget: 3_000 },
    { name: 'content', size: sizeOf('content-scripts/content.js'), budget: 16_000 },
    { name: 'background', size: sizeOf('background.js'), budget: 600_000 },
    { name: 'popup', size: sizeOf('chunks') + sizeOf('assets', '.css'), budget: 500_000 },
  ]
  if (flags.has('--built')) return parts
  const zip = readdirSync(output).find((name) => name.endsWith('-chrome.zip'))
  if (zip === undefined) throw new Error(`No zip in ${output}.`)
  return [...parts, { name: 'zip', size: statSync(join(output, zip)).size, budget: 3_000_000 }]
}

/** Bytes of a file, or of a folder's files with this ending. @param {string} path @param {string} [ending] */
function sizeOf(path, ending = '.js') {
  const full = join(built, path)
  if (!statSync(full).isDirectory()) return statSync(full).size
  const names = readdirSync(full).filter((name) => name.endsWith(ending))
  return names.reduce((sum, name) => sum + statSync(join(full, name)).size, 0)
}

/** @param {ReturnType<typeof measure>} parts @returns {number} How many are over their budget. */
function print(parts) {
  for (const { name, size, budget } of parts) {
    const verdict = size > budget ? 'OVER' : 'ok'
    const numbers = [size, budget].map((number) => number.toLocaleString('en').padStart(11))
    console.log(`${name.padEnd(14)}${numbers[0]} of ${numbers[1]} bytes  ${verdict}`)
  }
  const over = parts.filter(({ size, budget }) => size > budget).length
  console.log(`${parts.length - over} passed, ${over} failed`)
  return over
}
