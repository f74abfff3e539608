import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const minimumVersion = 126

/**
 * Finds Chromium or Chrome for Testing: `CHROMIUM_PATH`, the usual places, the PATH, the caches of Playwright and Puppeteer. Never
 * branded Chrome, which ignores `--load-extension`.
 *
 * @returns {{ path: string, version: string } | undefined}
 * @throws {Error} `CHROMIUM_PATH` is set but is no usable browser; the message says why.
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named !== undefined && named !== '') {
    const problem = existsSync(named) ? problemOf(named) : 'there is no such file'
    if (problem !== undefined) throw new Error(`CHROMIUM_PATH=${named} cannot be used: ${problem}.`)
    return { path: named, version: versionOf(named) }
  }
  const path = candidates().find((one) => existsSync(one) && problemOf(one) === undefined)
  return path === undefined ? undefined : { path, version: versionOf(path) }
}

/** @returns {string[]} */
function candidates() {
  const names = ['chromium', 'chromium-browser', 'chrome-for-testing']
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  const fixed = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  ]
  return [...fixed, ...onPath, ...cached()]
}

/** Browsers that test tools have downloaded, newest first. */
function cached() {
  const mac = 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing'
  const binaries = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    `chrome-mac-arm64/${mac}`,
    `chrome-mac-x64/${mac}`,
  ]
  const caches = [
    { folder: join(homedir(), '.cache/ms-playwright'), prefix: 'chromium-' },
    { folder: join(homedir(), 'Library/Caches/ms-playwright'), prefix: 'chromium-' },
    { folder: join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright'), prefix: 'chromium-' },
    { folder: join(homedir(), '.cache/puppeteer/chrome'), prefix: '' },
  ]
  return caches.flatMap(({ folder, prefix }) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.startsWith(prefix))
          .sort()
          .reverse()
          .flatMap((name) => binaries.map((binary) => join(folder, name, binary)))
      : [],
  )
}

/** @param {string} path @returns {string | undefined} Why it cannot be used. */
function problemOf(path) {
  if (process.platform === 'win32') return undefined
  const text = versionOf(path)
  if (/^Google Chrome (?!for Testing)|Microsoft Edge|Brave/.test(text))
    return `${text} ignores --load-extension`
  const major = Number(/(\d+)\.\d+/.exec(text)?.[1])
  if (Number.isNaN(major)) return 'it does not tell its version'
  return major < minimumVersion ? `${text} is older than ${minimumVersion}` : undefined
}

/** @param {string} path `--version` opens a window on Windows, so it is not asked there. */
function versionOf(path) {
  if (process.platform === 'win32') return 'Chromium'
  return spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 }).stdout?.trim() ?? ''
}
