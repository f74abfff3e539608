import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readSnippets } from '../docs/readSnippets.mjs'

const folder = fileURLToPath(new URL('docs', import.meta.url))
const source = fileURLToPath(new URL('../../docs/dapps.md', import.meta.url))

/** Writes the code of `docs/dapps.md` where the client pages import it from; all of it is type-checked, what needs no page of its own is run. */
export function writeSnippets() {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const [name, code] of readSnippets(source)) writeFileSync(`${folder}/${name}`, code)
}
