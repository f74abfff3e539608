import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Builds the extension as it is published, unless `--built` says that it stands in `.output`. */
export function buildExtension() {
  if (process.argv.includes('--built')) return
  const command = [join(root, 'node_modules/wxt/bin/wxt.mjs'), 'build']
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`wxt build failed:\n${stdout}${stderr}`)
}
