import { readdirSync, readFileSync } from 'node:fs'

/**
 * Ends the browser of a profile as a crash would: SIGKILL to its main process, which the others follow.
 *
 * @throws {Error} No browser runs on this profile.
 */
export function killBrowser(userDataDir: string): void {
  const owner = readdirSync('/proc').find(
    (name) => /^\d+$/.test(name) && isBrowserOf(Number(name), userDataDir),
  )
  if (owner === undefined) throw new Error(`No browser runs on ${userDataDir}.`)
  process.kill(Number(owner), 'SIGKILL')
}

function isBrowserOf(pid: number, userDataDir: string): boolean {
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/)
    return args.includes(`--user-data-dir=${userDataDir}`) && !args.some((arg) => arg.startsWith('--type='))
  } catch {
    // It ended between the listing and the look.
    return false
  }
}
