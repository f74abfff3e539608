import { fileURLToPath } from 'node:url'
import { buildOnce } from '../../demo/setup/buildOnce.mjs'
import { installPackages } from '../../demo/setup/installPackages.mjs'
import { step } from '../../demo/setup/step.mjs'
import { writeSnippets } from './writeSnippets.mjs'

// Installs, type-checks and bundles the pages of the client libraries, for the end-to-end tests.
const folder = fileURLToPath(new URL('.', import.meta.url))
const node = process.execPath

try {
  await installPackages('npm packages of the client pages', folder)
  writeSnippets()
  await step('client pages: types', node, ['node_modules/typescript/bin/tsc', '-p', 'tests/clients'])
  await buildOnce({
    name: 'clients',
    title: 'client pages',
    inputs: ['tests/clients', 'lib/connector', 'lib/describe', 'demo/describe'],
    output: 'tests/clients/dist',
    command: [
      node,
      ['node_modules/vite/bin/vite.js', 'build', '-c', 'tests/clients/vite.config.ts', '-l', 'warn'],
    ],
  })
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
