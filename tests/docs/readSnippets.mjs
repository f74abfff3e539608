import { readFileSync } from 'node:fs'

/**
 * The TypeScript of a Markdown file: each fence "```ts NAME" is the file NAME.
 *
 * @param {string} path
 * @returns {Map<string, string>} Code by name.
 * @throws {Error} A fence has no name, so that nothing would compile it, or one that was used before.
 */
export function readSnippets(path) {
  const snippets = new Map()
  for (const [, info = '', code = ''] of readFileSync(path, 'utf8').matchAll(
    /^```(tsx?\b.*)\n([^]*?)^```$/gm,
  )) {
    const name = info.split(' ')[1]
    if (name === undefined || !/^[\w.-]+\.tsx?$/.test(name))
      throw new Error(`${path}: the fence "${info}" names no file.`)
    if (snippets.has(name)) throw new Error(`${path}: there are two snippets ${name}.`)
    snippets.set(name, code)
  }
  return snippets
}
