import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../stack/contracts/compile.mjs'

// Puts the package export `latchkey/testing` into dist/testing: the built extension, and of this repository's demo what opens a
// browser with it and starts the stack, laid out as here.
const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = join(root, 'dist/testing')

const built = {
  '.output/chrome-mv3': 'npm run build',
  'contracts/out/deploy.json': 'npm run build:contracts',
}
for (const [path, command] of Object.entries(built)) {
  if (existsSync(join(root, path))) continue
  console.error(`${path} is missing: run \`${command}\` first.`)
  process.exit(1)
}
// The stack's own contracts, compiled, so that a dapp needs no compiler.
await compile('contracts')

rmSync(dist, { recursive: true, force: true })
const stack = ['bundler', 'chain', 'contracts', 'dapp', 'paymaster', 'process'].map(
  (name) => `demo/stack/${name}`,
)
const folders = ['demo/browser', 'demo/testing', ...stack]
const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => /\.(mjs|mts|sol)$/.test(name) && name !== 'build.mjs')
    .map((name) => `${folder}/${name}`),
)
for (const path of [
  ...files,
  'demo/stack/startStack.mjs',
  'demo/stack/startStack.d.mts',
  'demo/stack/out/contracts.json',
  ...Object.keys(built),
]) {
  mkdirSync(dirname(join(dist, path)), { recursive: true })
  cpSync(join(root, path), join(dist, path), { recursive: true })
}
console.log('dist/testing')
