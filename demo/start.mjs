import { fileURLToPath } from 'node:url'
import { setup } from './setup.mjs'

const out = fileURLToPath(new URL('out/stack.json', import.meta.url))
const flags = new Set(process.argv.slice(2))
const known = ['--headless', '--own-passkey']

try {
  const unknown = [...flags].filter((flag) => !known.includes(flag))
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(' ')}. There are ${known.join(' and ')}.`)
  const isHeadless = flags.has('--headless')
  if (!isHeadless && !hasDisplay()) {
    throw new Error(
      'There is no display to open a browser on. `npm start -- --headless` runs the demo without one.',
    )
  }
  await setup({ for: 'demo' })
  const { startStack } = await import('./stack/startStack.mjs')
  const { portBase } = await import('./stack/process/portBase.mjs')
  const { untilStopped } = await import('./stack/process/untilStopped.mjs')

  await untilStopped(async (onEnd) => {
    const started = Date.now()
    const stack = await startStack({ portBase: portBase(), preferredBase: 8545, out, onCrash: onEnd })
    console.log(`${'stack'.padEnd(44)}${`${((Date.now() - started) / 1000).toFixed(1)} s`.padStart(8)}`)
    try {
      const close = isHeadless
        ? await runHeadless(stack.record, onEnd)
        : await openBrowser(stack.record, onEnd)
      return async () => {
        await close()
        await stack.stop()
      }
    } catch (error) {
      await stack.stop()
      throw error
    }
  })
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}

/** Windows and macOS always have one. */
function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

async function runHeadless(record, onEnd) {
  const { headless } = await import('./headless.mjs')
  const ok = await headless(record)
  if (!ok) process.exitCode = 1
  onEnd()
  return async () => {}
}

async function openBrowser(record, onEnd) {
  const { openDemo } = await import('./run/openDemo.mjs')
  const context = await openDemo(record, { ownPasskey: flags.has('--own-passkey') })
  context.on('close', () => onEnd())
  return () => context.close()
}
