import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

// Puts the package export `latchkey/describe` and the command `latchkey` into dist/describe: the wallet's own sentences, bundled, with
// viem left to the dapp.
const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const dist = join(root, 'dist/describe')

rmSync(dist, { recursive: true, force: true })
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  resolve: { alias: { '@': root } },
  build: {
    outDir: dist,
    target: 'es2022',
    minify: false,
    lib: { entry: { index: join(here, 'index.ts'), cli: join(here, 'cli.ts') }, formats: ['es'] },
    rolldownOptions: { external: [/^viem(?:\/|$)/, /^node:/] },
  },
})
const cli = join(dist, 'cli.js')
writeFileSync(cli, `#!/usr/bin/env node\n${readFileSync(cli, 'utf8')}`, { mode: 0o755 })

const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
const compiler = spawnSync(
  process.execPath,
  [join(typescript, 'bin/tsc'), '-p', join(here, 'tsconfig.package.json')],
  { stdio: 'inherit' },
)
if (compiler.status !== 0) process.exit(compiler.status ?? 1)

// Outside this repository `@/` means nothing, and Node wants whole file names.
const types = join(dist, 'types')
for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.d.ts')) continue
  const path = join(types, name)
  const toRoot = relative(dirname(path), types) || '.'
  const code = readFileSync(path, 'utf8')
    .replaceAll(/(['"])@\/([^'"]+)\1/g, (_, quote, target) => `${quote}${toRoot}/${target}.js${quote}`)
    .replaceAll(/(from ['"])(\.\/[^'".]+)(['"])/g, '$1$2.js$3')
  writeFileSync(path, code)
}
console.log('dist/describe')
