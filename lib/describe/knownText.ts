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
  const item = text === undefined ? null : parseFunction(text)
  return item && toFunctionSelector(item) === selector.toLowerCase() ? item : null
}

function parseFunction(text: string): AbiFunction | null {
  try {
    const item: unknown = parseAbiItem(`function ${text}`)
    return item as AbiFunction
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
