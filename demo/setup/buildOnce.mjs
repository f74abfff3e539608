import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { step } from './step.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const skipped = new Set(['node_modules', 'dist', 'out'])

/**
 * Runs a build when one of its inputs changed since it last succeeded, or its output is gone.
 *
 * @param {object} build
 * @param {string} build.name Names its stamp in `demo/out/stamps`.
 * @param {string} build.title For the printed line.
 * @param {string[]} build.inputs Files and folders, from the root.
 * @param {string} build.output The folder that it writes, from the root.
 * @param {[string, string[]]} build.command
 * @throws {Error} The build failed.
 */
export async function buildOnce({ name, title, inputs, output, command }) {
  const stamp = join(root, 'demo/out/stamps', name)
  const outputFolder = join(root, output)
  if (existsSync(stamp) && existsSync(outputFolder)) {
    if (readFileSync(stamp, 'utf8') === hashOf(inputs, outputFolder)) return
  }
  rmSync(stamp, { force: true })
  await step(title, ...command)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hashOf(inputs, outputFolder))
}

/** The output is part of it, so that another build in its place is noticed. */
function hashOf(inputs, outputFolder) {
  const hash = createHash('sha256')
  for (const file of [...inputs.map((input) => join(root, input)), outputFolder].flatMap(filesIn)) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** @param {string} path @returns {string[]} All files at or below it, in a fixed order. */
function filesIn(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => !skipped.has(name))
    .sort()
    .flatMap((name) => filesIn(join(path, name)))
}
