import { tellingLines, runCommand } from './runCommand.mjs'

/**
 * Runs a command as one step of the set-up and prints one line for it.
 *
 * @param {string} title What it does, in a few words.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @throws {Error} It failed; the message carries the command and what it said.
 */
export async function step(title, command, args, options) {
  const { code, output, ms } = await runCommand(command, args, {
    ...options,
    env: { NO_COLOR: '1', ...options?.env },
  })
  const seconds = `${(ms / 1000).toFixed(1)} s`
  if (code === 0) {
    console.log(`${title.padEnd(44)}${seconds.padStart(8)}`)
    return
  }
  console.log(`${title.padEnd(44)}${seconds.padStart(8)}  failed`)
  throw new Error(
    `${title} failed: \`${[command, ...args].join(' ')}\` ended with code ${code}.\n${tellingLines(output)}`,
  )
}
