import { parseAbiItem, toFunctionSelector, type AbiFunction, type Address, type Hex } from 'viem'
import type { DescribeContext } from '@/lib/describe/context'
import { knownFunction } from '@/lib/policy/knownFunctions'

/**
 * The function behind a selector of a contract, as the site names it; `null` when it gave no text, or one that cannot be read or is
 * of another selector: it is unknown then, and said to be.
 */
export function functionOf(
  target: Address,
  selector: Hex,
  { functions }: Pick<DescribeContext, 'functions'>,
): AbiFunction | null {
  const text = functions[`${target}:${selector}`.toLowerCase()]
  const known = text === undefined ? null : parseFunction(text)
  return known?.selector === selector.toLowerCase() ? known.item : null
}

type Parsed = { readonly item: AbiFunction; readonly selector: Hex }

/** Texts that were read before; a list words the same few again and again. */
const parsed = new Map<string, Parsed | null>()
const mostParsed = 1000

function parseFunction(text: string): Parsed | null {
  const before = parsed.get(text)
  if (before !== undefined) return before
  if (parsed.size >= mostParsed) parsed.clear()
  const read = readFunction(text)
  parsed.set(text, read)
  return read
}

function readFunction(text: string): Parsed | null {
  try {
    const item = parseAbiItem(`function ${text}`) as unknown as AbiFunction
    return { item, selector: toFunctionSelector(item) }
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

/** Name of a function for people: in code style, or as unknown. */
export function functionName(target: Address, selector: Hex, context: DescribeContext): string {
  const name = functionOf(target, selector, context)?.name ?? knownFunction(selector)?.name
  return name === undefined ? `unknown function ${selector}` : `\`${name}\``
}

/** A name in words: `claimReward` → `Claim reward`. */
export function inWords(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .trim()
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Name of the parameter that fills a word, where every parameter before it takes one word. */
export function parameterName(
  target: Address,
  selector: Hex,
  index: number,
  context: DescribeContext,
): string | null {
  const inputs = functionOf(target, selector, context)?.inputs ?? []
  const simple = inputs.slice(0, index + 1).every(({ type }) => /^[a-z]+\d*$/.test(type) && type !== 'tuple')
  return simple ? inputs[index]?.name || null : null
}
