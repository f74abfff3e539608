// What contracts/mutants.md says about mutants that no test notices.

/** A line of the list: where, and the source line with the change in it. */
const ENTRY = /^- `([\w/]+\.sol):(\d+)` `([^`]+)`$/

/**
 * Reads the survivors that are explained, each under the heading that gives the reason.
 *
 * @param {string} markdown
 * @returns {{ file: string, line: number, change: string, reason: string }[]}
 */
export function readExplanations(markdown) {
  let reason = ''
  const found = []
  for (const text of markdown.split('\n')) {
    if (text.startsWith('#')) reason = text.replace(/^#+ /, '')
    const match = ENTRY.exec(text)
    if (match !== null) found.push({ file: match[1], line: Number(match[2]), change: match[3], reason })
  }
  return found
}

/**
 * The line of the list that explains a mutant.
 *
 * @param {string} text Source without the mutant.
 * @param {{ path: string, line: number, start: number, end: number, before: string, after: string }} mutant
 * @returns {{ file: string, line: number, change: string }}
 */
export function entryOf(text, { path, line, start, end, before, after }) {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = text.indexOf('\n', end)
  const shown = brief(before)
  const change = `${text.slice(from, start)}«${shown} → ${after}»${text.slice(end, to)}`
  return { file: path.replace('contracts/src/', ''), line, change: oneLine(change) }
}

/** Writes an entry as it stands in the list. */
export function formatEntry({ file, line, change }) {
  return `- \`${file}:${line}\` \`${change}\``
}

/**
 * Gives each survivor the explanation of the same change in the same file: of the same line if there is one, for lines
 * move when something is written above them.
 *
 * @param {{ file: string, line: number, change: string }[]} survivors
 * @param {{ file: string, line: number, change: string, reason: string }[]} explanations
 * @returns {{ unexplained: object[], left: object[] }} Survivors without explanation, explanations without survivor.
 */
export function matchExplanations(survivors, explanations) {
  const left = [...explanations]
  const take = (isIt) => {
    const at = left.findIndex(isIt)
    return at >= 0 && left.splice(at, 1)
  }
  const isSame = (a, b) => a.file === b.file && a.change === b.change
  const moved = survivors.filter((one) => !take((other) => isSame(one, other) && one.line === other.line))
  const unexplained = moved.filter((one) => !take((other) => isSame(one, other)))
  return { unexplained, left }
}

/** A statement of many lines by its beginning and its end. */
function brief(text) {
  const line = oneLine(text)
  return line.length <= 90 ? line : `${line.slice(0, 60)} … ${line.slice(-20)}`
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim()
}
