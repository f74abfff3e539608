import type { AbiFunction, Address, Hex } from 'viem'
import { functionOf } from '@/lib/describe/knownText'
import type { Call } from '@/lib/policy/call'
import { keyOf, type ReadableFunction } from '@/lib/policy/suggestSession'

/**
 * The functions of calls that a site named, and the words of their arguments that are plain unsigned numbers.
 *
 * @param functions - Functions as the site named them, by `target:selector` in lower case.
 */
export function readableFunctions(
  calls: readonly Call[],
  functions: Readonly<Record<string, string>>,
): Record<string, ReadableFunction> {
  const readable: Record<string, ReadableFunction> = {}
  for (const call of calls) {
    const fn = functionOf(call.to as Address, call.data.slice(0, 10) as Hex, { functions })
    if (fn !== null) readable[keyOf(call)] = { name: fn.name, numbers: numbersOf(fn) }
  }
  return readable
}

/** Every parameter up to the first that may take more than one word has its own word. */
function numbersOf({ inputs }: AbiFunction): ReadonlySet<number> {
  const numbers = new Set<number>()
  for (const [index, { type }] of inputs.entries()) {
    if (/^uint\d*$/.test(type)) numbers.add(index)
    else if (!/^(?:address|bool|int\d*|bytes\d*|string)$/.test(type)) break
  }
  return numbers
}
