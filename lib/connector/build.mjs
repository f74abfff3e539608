import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Emits the package exports `latchkey/connector` and `latchkey/actions` into dist/.
const here = dirname(fileURLToPath(import.meta.url))
const dist = join(here, '../../dist')
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))

rmSync(dist, { recursive: true, force: true })
const compiler = spawnSync(
  process.execPath,
  [join(typescript, 'bin/tsc'), '-p', join(here, 'tsconfig.package.json')],
  { stdio: 'inherit' },
)
if (compiler.status !== 0) process.exit(compiler.status ?? 1)

mkdirSync(join(dist, 'actions'))
for (const file of ['index.js', 'index.d.ts'])
  writeFileSync(join(dist, 'actions', file), "export * from '../connector/actions.js'\n")
console.log('dist/connector, dist/actions')
