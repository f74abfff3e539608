import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildOnce } from './setup/buildOnce.mjs'
import { ensureChromium } from './setup/ensureChromium.mjs'
import { installPackages } from './setup/installPackages.mjs'
import { step } from './setup/step.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const shared = ['lib', 'package.json', 'package-lock.json', 'tsconfig.json']

/**
 * Brings a bare clone to where the demo, the stack or the tests can run, with nothing but Node and npm. What is there already costs
 * no time. Prints one line a step.
 *
 * @param {{ for: 'demo' | 'stack' | 'tests' }} purpose `stack` needs no browser; `tests` need what is installed, and build
 * themselves.
 * @returns {Promise<void>}
 * @throws {Error} A step failed; the message says which and shows its last lines.
 */
export async function setup({ for: purpose }) {
  checkNode()
  await Promise.all([
    installPackages('npm packages', root),
    installPackages('npm packages of the stack', join(root, 'demo/stack')),
    purpose === 'tests'
      ? installPackages('npm packages of the client pages', join(root, 'tests/clients'))
      : undefined,
    purpose === 'stack' ? undefined : ensureChromium(),
  ])
  if (purpose === 'tests') return
  await step('contracts', process.execPath, ['contracts/script/build.mjs'])
  await buildOnce({
    name: 'dapp',
    title: 'demo dapp',
    inputs: ['demo/dapp', ...shared],
    output: 'demo/dapp/dist',
    command: [
      process.execPath,
      ['node_modules/vite/bin/vite.js', 'build', 'demo/dapp', '--logLevel', 'warn'],
    ],
  })
  if (purpose !== 'demo') return
  await buildOnce({
    name: 'extension',
    title: 'extension',
    inputs: ['entrypoints', 'wxt.config.ts', ...shared],
    output: '.output/chrome-mv3',
    command: [process.execPath, ['node_modules/wxt/bin/wxt.mjs', 'build']],
  })
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Error(`Node ${process.versions.node} is too old: Latchkey needs 20.19 or later.`)
}
