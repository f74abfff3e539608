import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { step } from './step.mjs'

/**
 * Installs a folder's npm packages when what stands in `node_modules` is not what the lock file names.
 *
 * @param {string} title For the printed line.
 * @param {string} folder With package.json and package-lock.json.
 * @throws {Error} `npm ci` failed.
 */
export async function installPackages(title, folder) {
  if (isInstalled(folder)) return
  await step(title, 'npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder })
}

/** npm keeps a lock file of what it installed; platform packages may be absent there. @param {string} folder */
function isInstalled(folder) {
  const installedLock = join(folder, 'node_modules/.package-lock.json')
  if (!existsSync(installedLock)) return false
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) => {
    if (path === '') return true
    if (installed[path] === undefined) return Boolean(optional || devOptional || peer)
    return installed[path].version === version && existsSync(join(folder, path))
  })
}
