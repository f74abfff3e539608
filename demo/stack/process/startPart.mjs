import { spawn } from 'node:child_process'
import { processGroups } from './processGroups.mjs'

const logLines = 200
const shownLines = 15
const pollMs = 25

/**
 * @typedef {object} Part
 * @property {number} pid
 * @property {() => string[]} log The last lines it printed.
 * @property {() => Promise<void>} stop Ends the whole process group and waits for it.
 */

/**
 * Starts one process of the stack in a process group of its own and waits until it answers.
 *
 * @param {object} options
 * @param {string} options.name As the user knows it: `chain`, `bundler`.
 * @param {string} options.command Path of the binary itself, never of a shim.
 * @param {string[]} options.args
 * @param {number} options.port Where it will listen; named in errors.
 * @param {Record<string, string>} [options.env]
 * @param {() => Promise<boolean>} options.isReady Polled; a rejection counts as "not yet".
 * @param {number} [options.timeoutMs]
 * @param {(message: string) => void} [options.onCrash] Called when it ends by itself after it was ready.
 * @returns {Promise<Part>}
 * @throws {PartFailedError} It ended, could not be started, or did not answer in time; the message carries its last lines.
 */
export async function startPart(options) {
  const child = spawn(options.command, options.args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...options.env },
  })
  const lines = keepLines([child.stdout, child.stderr])
  const state = { ready: false, stopping: false, /** @type {string | undefined} */ ended: undefined }
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`))
    child.once('exit', (code, signal) => resolve(`ended by itself (${signal ?? `exit code ${code}`})`))
  }).then((how) => {
    state.ended = how
    if (child.pid !== undefined) {
      processGroups.kill(child.pid, 'SIGKILL')
      processGroups.remove(child.pid)
    }
    if (state.ready && !state.stopping) options.onCrash?.(new PartFailedError(options, how, lines).message)
  })
  if (child.pid !== undefined) processGroups.add(child.pid)

  const part = {
    pid: child.pid ?? 0,
    log: () => [...lines],
    async stop() {
      state.stopping = true
      if (state.ended === undefined) processGroups.kill(child.pid, 'SIGTERM')
      const force = setTimeout(() => processGroups.kill(child.pid, 'SIGKILL'), 2_000)
      await exited
      clearTimeout(force)
    },
  }
  const failure = await waitUntilReady(options, state)
  if (failure === undefined) {
    state.ready = true
    return part
  }
  await part.stop()
  throw new PartFailedError(options, failure, lines)
}

/** @returns {Promise<string | undefined>} What went wrong, or nothing. */
async function waitUntilReady(options, state) {
  const timeoutMs = options.timeoutMs ?? 45_000
  const end = Date.now() + timeoutMs
  while (state.ended === undefined) {
    const ready = await options.isReady().catch(() => false)
    if (ready && state.ended === undefined) return undefined
    if (Date.now() > end) return `did not answer within ${timeoutMs / 1000} s`
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
  return state.ended
}

/** @param {import('node:stream').Readable[]} streams @returns {string[]} */
function keepLines(streams) {
  /** @type {string[]} */
  const lines = []
  for (const stream of streams) {
    stream.setEncoding('utf8')
    stream.on('data', (text) => {
      lines.push(...text.split('\n').filter((line) => line.trim() !== ''))
      lines.splice(0, lines.length - logLines)
    })
  }
  return lines
}

class PartFailedError extends Error {
  name = 'Stack.PartFailedError'

  /** @param {{ name: string, port: number }} part @param {string} how @param {string[]} lines */
  constructor(part, how, lines) {
    const log = lines.slice(-shownLines).map((line) => `  ${line}`)
    const tail = log.length > 0 ? `\nIts last lines:\n${log.join('\n')}` : '\nIt printed nothing.'
    super(`The ${part.name} on port ${part.port} ${how}.${tail}`)
  }
}
