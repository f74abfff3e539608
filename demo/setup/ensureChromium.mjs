import { existsSync } from 'node:fs'
import { findChromium } from '../browser/findChromium.mjs'
import { step } from './step.mjs'

const update = ['apt-get', ['update']]
const install = ['apt-get', ['install', '-y', 'chromium']]
const byHand = 'apt-get update && apt-get install -y chromium'

/**
 * Finds a Chromium, or installs it where that is possible: on Debian and Ubuntu as root.
 *
 * @returns {Promise<{ path: string, version: string }>}
 * @throws {Error} There is none and it cannot be installed from here; the message names the command that does it.
 */
export async function ensureChromium() {
  const found = findChromium()
  if (found !== undefined) return found
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Error(
      'No Chromium was found. Install Chromium or Chrome for Testing (`npx playwright install chromium`), or name one by CHROMIUM_PATH. Branded Chrome ignores --load-extension.',
    )
  }
  if (process.getuid?.() !== 0) {
    throw new Error(`No Chromium was found, and installing it needs root. Run: sudo sh -c '${byHand}'`)
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await step('package lists (apt-get update)', ...update, { env })
  await step('Chromium (apt-get install chromium)', ...install, { env })
  const installed = findChromium()
  if (installed === undefined) {
    throw new Error(
      'apt-get installed no usable Chromium: name Chromium or Chrome for Testing by CHROMIUM_PATH.',
    )
  }
  return installed
}
