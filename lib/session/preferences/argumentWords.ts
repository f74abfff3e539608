import type { AbiFunction, AbiParameter } from 'viem'

/**
 * Number of 32-byte words that a parameter takes in place; `null` for a dynamic one, whose contents stand elsewhere.
 *
 * @see https://docs.soliditylang.org/en/latest/abi-spec.html#formal-specification-of-the-encoding
 */
export function argumentWords(parameter: AbiParameter): number | null {
  const array = /^(.*)\[(\d*)\]$/.exec(parameter.type)
  if (array) {
    const [, inner = '', length = ''] = array
    const words = argumentWords({ ...parameter, type: inner })
    return words === null || length === '' ? null : words * Number(length)
  }
  if (parameter.type === 'string' || parameter.type === 'bytes') return null
  if (!('components' in parameter)) return 1
  return sumOfWords(parameter.components)
}

/** Number of words before the parameter `index`; `null` when a dynamic one stands before it. */
export function wordsBefore({ inputs }: AbiFunction, index: number): number | null {
  return sumOfWords(inputs.slice(0, index))
}

/** Number of words before the first dynamic parameter. */
export function constrainableWords({ inputs }: AbiFunction): number {
  const firstDynamic = inputs.findIndex((input) => argumentWords(input) === null)
  return sumOfWords(firstDynamic === -1 ? inputs : inputs.slice(0, firstDynamic)) ?? 0
}

function sumOfWords(parameters: readonly AbiParameter[]): number | null {
  return parameters.reduce<number | null>((sum, parameter) => {
    const words = argumentWords(parameter)
    return sum === null || words === null ? null : sum + words
  }, 0)
}
