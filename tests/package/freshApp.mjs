import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSnippets } from '../docs/readSnippets.mjs'
import { freePorts } from '../../demo/stack/process/freePorts.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Makes a dapp as a newcomer has it: the package from its tarball, the quick start of `docs/dapps.md` for its page, the test of
 * `docs/testing.md` for its test.
 *
 * @param {string} folder
 * @param {string} tarball
 */
export async function freshApp(folder, tarball) {
  const write = (name, text) => writeFileSync(join(folder, name), text)
  const { dapp: port } = await freePorts(['dapp'])
  mkdirSync(folder)
  const dependencies = {
    '@playwright/test': '1.65.1',
    '@types/node': '20.19.0',
    '@wagmi/core': '3.6.5',
    latchkey: `file:${tarball}`,
    ox: '0.14.45',
    typescript: '5.9.3',
    viem: '2.57.1',
    vite: '8.3.8',
  }
  const manifest = { name: 'fresh', private: true, type: 'module', dependencies, overrides: { ox: '$ox' } }
  write('package.json', JSON.stringify(manifest))
  write(
    'index.html',
    '<!doctype html><title>Fresh</title><body><script type="module" src="/app.ts"></script></body>',
  )
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        skipLibCheck: true,
        target: 'ES2022',
        module: 'ESNext',
        moduleResolution: 'bundler',
        lib: ['ES2022', 'DOM'],
      },
      include: ['*.ts'],
    }),
  )
  write(
    'playwright.config.ts',
    `import { defineConfig } from '@playwright/test'
const url = 'http://localhost:${port}'
const command = 'node node_modules/vite/bin/vite.js --port ${port} --strictPort'
export default defineConfig({ timeout: 60_000, workers: 1, use: { baseURL: url }, webServer: { command, url } })
`,
  )
  for (const file of ['docs/dapps.md', 'docs/testing.md'])
    for (const [name, code] of readSnippets(join(root, file))) write(name, code)
}

/** Puts the stack's bundler and chain, which are large and installed here already, where `npm i -D` would put them. @param {string} folder */
export function linkTools(folder) {
  for (const name of ['@pimlico/alto', '@foundry-rs/anvil-linux-amd64']) {
    const installed = join(root, 'demo/stack/node_modules', name)
    const place = join(folder, 'node_modules', name)
    if (!existsSync(installed)) continue
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(installed, place)
  }
}
