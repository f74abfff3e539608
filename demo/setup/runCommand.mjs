import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const shownLines = 25
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM')
})

/**
 * Runs a command in the repository's root and keeps what it prints.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, echo?: boolean }} [options] `echo` also shows its output as it comes.
 * @returns {Promise<{ code: number, output: string, ms: number }>} Code 127 when it could not be started.
 */
export async function runCommand(command, args, options = {}) {
  const started = Date.now()
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command === 'npm',
  })
  running.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
      if (options.echo) process.stdout.write(text)
    })
  }
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message
      resolve(127)
    })
    child.once('close', (exitCode) => resolve(exitCode ?? 1))
  })
  running.delete(child)
  return { code, output, ms: Date.now() - started }
}

/**
 * The lines of an output that tell why it failed, indented: npm's own error lines before its manual, else the last ones.
 *
 * @param {string} output
 */
export function tellingLines(output) {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => line.trim() !== '')
  const npm = lines.filter((line) => /^npm error \S/.test(line))
  return (npm.length > 0 ? npm.slice(0, shownLines) : lines.slice(-shownLines))
    .map((line) => `  ${line}`)
    .join('\n')
}
