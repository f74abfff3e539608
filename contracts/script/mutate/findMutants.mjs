// Small changes of Solidity text that its tests should notice.
import { createHash } from 'node:crypto'

/** Operator → what stands in its place. Longer ones first: the text is read from the left. */
const OPERATORS = [
  ['<<=', ['>>=']],
  ['<<', ['>>']],
  ['>>', ['<<']],
  ['<=', ['<', '>']],
  ['>=', ['>', '<']],
  ['==', ['!=']],
  ['!=', ['==']],
  ['&&', ['||']],
  ['||', ['&&']],
  ['+=', ['-=']],
  ['-=', ['+=']],
  ['&=', ['|=']],
  ['|=', ['&=']],
  ['=>', []],
  ['++', []],
  ['--', []],
  ['<', ['<=', '>=']],
  ['>', ['>=', '<=']],
  ['+', ['-']],
  ['-', ['+']],
  ['*', ['/']],
  ['/', ['*']],
  ['&', ['|']],
  ['|', ['&']],
  ['~', ['']],
  ['!', ['']],
]

/** Whoever notices neither an always nor a never in place of a comparison does not notice its opposite. */
const NEGATED = new Set(['< >=', '> <=', '<= >', '>= <', '== !=', '!= =='])

/** Yul instruction → what stands in its place. */
const INSTRUCTIONS = {
  add: ['sub'],
  sub: ['add'],
  and: ['or'],
  or: ['and'],
  shl: ['shr'],
  shr: ['shl'],
  gt: ['lt', 'eq'],
  lt: ['gt', 'eq'],
  eq: ['gt'],
}

/**
 * Lists the mutants of a source.
 *
 * Operators, constants (± 1, or the lowest bit), conditions (always, never) and statements (left out). Comments, strings,
 * imports and declarations of types stay as they are.
 *
 * @param {string} path Below the repository's root.
 * @param {string} text
 * @returns {{ id: string, path: string, line: number, start: number, end: number, before: string, after: string, kind: string,
 * twin: boolean }[]} A twin dies with another mutant of the same place, nearly always.
 */
export function findMutants(path, text) {
  const code = blank(text)
  const found = [
    ...operators(code),
    ...instructions(code),
    ...constants(code),
    ...conditions(code),
    ...statements(code),
  ]
  return found
    .map(({ start, end, after, kind, twin = false }) => {
      const before = text.slice(start, end)
      const line = text.slice(0, start).split('\n').length
      const key = [path, start, before, after, createHash('sha256').update(text).digest('hex')].join('|')
      const id = createHash('sha256').update(key).digest('hex').slice(0, 12)
      return { id, path, line, start, end, before, after, kind, twin }
    })
    .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
}

/** The source with a mutant in it. */
export function applyMutant(text, { start, end, after }) {
  return text.slice(0, start) + after + text.slice(end)
}

/** Blanks what is not code, keeping every position. */
function blank(text) {
  const spaces = (part) => part.replace(/[^\n]/g, ' ')
  return text
    .replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, spaces)
    .replace(/(?:hex|unicode)?"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, spaces)
    .replace(/^(?:pragma|import|using|event|error|struct)\b[^;{]*[;{]/gm, spaces)
    .replace(/^ +(?:event|error|using)\b[^;]*;/gm, spaces)
}

function* operators(code) {
  for (let at = 0; at < code.length; ++at) {
    const entry = OPERATORS.find(([operator]) => code.startsWith(operator, at))
    if (entry === undefined) continue
    const [operator, others] = entry
    for (const after of others) {
      yield {
        start: at,
        end: at + operator.length,
        after,
        kind: 'operator',
        twin: NEGATED.has(`${operator} ${after}`),
      }
    }
    at += operator.length - 1
  }
}

function* instructions(code) {
  for (const [start, end] of assemblyBlocks(code)) {
    for (const match of code.slice(start, end).matchAll(/\b(\w+)(?=\()/g)) {
      const at = start + match.index
      const name = match[1]
      if (name === 'iszero') {
        const close = closing(code, at + name.length)
        yield { start: at, end: close, after: `iszero(${code.slice(at, close)})`, kind: 'condition' }
      }
      for (const after of Object.hasOwn(INSTRUCTIONS, name) ? INSTRUCTIONS[name] : []) {
        yield { start: at, end: at + name.length, after, kind: 'instruction' }
      }
    }
  }
}

function* constants(code) {
  for (const match of code.matchAll(/(?<![\w.])(0x[0-9a-fA-F]+|\d[\d_]*)(?![\w.])/g)) {
    const [literal] = match
    const start = match.index
    const end = start + literal.length
    if (literal.length === 42) continue // an address carries a checksum
    const value = BigInt(literal.replaceAll('_', ''))
    const hex = literal.startsWith('0x')
    const form = (number) =>
      hex ? `0x${number.toString(16).padStart(literal.length - 2, '0')}` : `${number}`
    if (hex) {
      yield { start, end, after: form(value ^ 1n), kind: 'constant' }
      continue
    }
    yield { start, end, after: form(value + 1n), kind: 'constant' }
    if (value > 0n) yield { start, end, after: form(value - 1n), kind: 'constant', twin: true }
  }
}

function* conditions(code) {
  for (const match of code.matchAll(/\bif \(/g)) {
    const open = match.index + match[0].length - 1
    const close = closing(code, open)
    for (const after of ['(true)', '(false)']) yield { start: open, end: close, after, kind: 'condition' }
  }
}

/** Whole statements: calls, assignments, deletes, emits. A `revert` goes with its condition. */
function* statements(code) {
  const blocks = [...assemblyBlocks(code)]
  const pattern =
    /(?<=[;{}]\s+|\)\s+|else )(?:(?:emit |delete )?[\w$.]+(?:\[[^;{}]*\])?(?:\([^;{}]*\)| [-+|&]?= [^;{}]+)|delete [^;{}]+);/g
  for (const { 0: text, index: start } of code.matchAll(pattern)) {
    const isYul = blocks.some(([from, to]) => start > from && start < to)
    if (isYul || /^(?:return|revert)\b/.test(text)) continue
    yield { start, end: start + text.length, after: '{}', kind: 'statement' }
  }
}

function* assemblyBlocks(code) {
  for (const match of code.matchAll(/\bassembly\b[^{]*\{/g)) {
    let end = match.index + match[0].length
    for (let depth = 1; depth > 0; ++end) {
      if (code[end] === '{') ++depth
      if (code[end] === '}') --depth
    }
    yield [match.index, end]
  }
}

/** Where the bracket that opens at `open` is closed, one past it. */
function closing(code, open) {
  let at = open + 1
  for (let depth = 1; depth > 0; ++at) {
    if (code[at] === '(') ++depth
    if (code[at] === ')') --depth
  }
  return at
}
