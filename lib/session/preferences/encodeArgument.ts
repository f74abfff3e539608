import { encodeAbiParameters, slice, type AbiParameter, type Hex } from 'viem'
import { PreferencesError } from '@/lib/session/preferences/PreferencesError'

const signedInteger = /^-?(?:0x[0-9a-f]{1,64}|[0-9]{1,78})$/i

/**
 * Encodes the value of a static parameter as its words.
 *
 * @param value - As JSON: integers as numbers, decimal digits or hex quantities; tuples by name or place.
 * @throws {PreferencesError} The value does not fit the type.
 */
export function encodeArgument(parameter: AbiParameter, value: unknown, path: string): Hex[] {
  const argument = readArgument(parameter, value, path)
  try {
    const bytes = encodeAbiParameters([parameter], [argument])
    return Array.from({ length: (bytes.length - 2) / 64 }, (_, word) =>
      slice(bytes, 32 * word, 32 * word + 32),
    )
  } catch (error) {
    throw new PreferencesError(path, `does not fit the type ${parameter.type}.`, error)
  }
}

function readArgument(parameter: AbiParameter, value: unknown, path: string): unknown {
  const array = /^(.*)\[(\d+)\]$/.exec(parameter.type)
  if (array) {
    if (!Array.isArray(value))
      throw new PreferencesError(path, `must be a list, as the type is ${parameter.type}.`)
    const inner = { ...parameter, type: array[1] ?? '' }
    return value.map((item: unknown, index) => readArgument(inner, item, `${path}[${index}]`))
  }
  if ('components' in parameter) return readTuple(parameter.components, value, path)
  if (!/^u?int/.test(parameter.type)) return value
  const isNumber = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))
  if (!isNumber && !(typeof value === 'string' && signedInteger.test(value)))
    throw new PreferencesError(path, `must be a whole number, as the type is ${parameter.type}.`)
  const text = String(value)
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text)
}

/** viem takes tuples with names by name, and those without by place. */
function readTuple(components: readonly AbiParameter[], value: unknown, path: string): unknown {
  const byPlace = components.map((component, index) => {
    const item = memberOf(value, component.name ?? '', index)
    if (item === undefined) throw new PreferencesError(path, `lacks the member ${component.name || index}.`)
    return readArgument(component, item, `${path}.${component.name || index}`)
  })
  if (components.some(({ name }) => !name)) return byPlace
  return Object.fromEntries(components.map(({ name = '' }, index) => [name, byPlace[index]]))
}

function memberOf(value: unknown, name: string, index: number): unknown {
  if (Array.isArray(value)) return value[index] as unknown
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
