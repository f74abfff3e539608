import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const watchdogFile = fileURLToPath(new URL('watchdog.mjs', import.meta.url))

/** @type {Set<number>} */
const groups = new Set()
/** @type {import('node:child_process').ChildProcess | undefined} */
let watchdog

process.on('exit', () => {
  for (const pid of groups) killGroup(pid, 'SIGKILL')
})

/**
 * The process groups that this process started: each ends with it, however it ends.
 */
export const processGroups = {
  /** @param {number} pid Leader of a group. */
  add(pid) {
    groups.add(pid)
    watchdog ??= startWatchdog()
    watchdog.stdin.write(`+${pid}\n`)
  },

  /** @param {number} pid Leader of a group that ended. */
  remove(pid) {
    groups.delete(pid)
    watchdog?.stdin.write(`-${pid}\n`)
    if (groups.size > 0) return
    watchdog?.stdin.end()
    watchdog = undefined
  },

  /** @param {number} pid @param {NodeJS.Signals} signal */
  kill: killGroup,
}

function startWatchdog() {
  const child = spawn(process.execPath, [watchdogFile], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
    env: {},
  })
  child.unref()
  child.stdin.unref()
  return child
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
