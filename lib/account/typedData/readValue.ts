import { getAddress, isAddress, type Hex } from 'viem'
import type { TypedDataTypes } from '@/lib/account/typedData/readTypes'
import type { TypedDataStruct, TypedDataValue } from '@/lib/account/typedData/typedData'
import { TypedDataError } from '@/lib/account/typedData/TypedDataError'

/**
 * Reads a struct's values by its type. Members that the type does not list are left out: the signature does not cover them.
 *
 * @throws {TypedDataError} A member is missing or does not fit its type.
 */
export function readStruct(
  input: unknown,
  type: string,
  types: TypedDataTypes,
  path: string,
): TypedDataStruct {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new TypedDataError(path, `must be an object with the members of ${type}.`)
  const fields = types[type] ?? []
  return Object.fromEntries(
    fields.map((field) => {
      const place = `${path}.${field.name}`
      if (!Object.hasOwn(input, field.name)) throw new TypedDataError(place, 'is missing.')
      const value = (input as Record<string, unknown>)[field.name]
      return [field.name, readValue(value, field.type, types, place)]
    }),
  )
}

function readValue(input: unknown, type: string, types: TypedDataTypes, path: string): TypedDataValue {
  const [, element, length] = /^(.*)\[(\d*)\]$/.exec(type) ?? []
  if (element !== undefined) {
    if (!Array.isArray(input) || (length !== '' && input.length !== Number(length)))
      throw new TypedDataError(path, `must be a list${length ? ` of ${length}` : ''}, as ${type}.`)
    return input.map((item: unknown, index) => readValue(item, element, types, `${path}.${index}`))
  }
  if (Object.hasOwn(types, type)) return readStruct(input, type, types, path)
  if (type.startsWith('bytes')) return readBytes(input, type, path)
  if (type === 'bool' && typeof input === 'boolean') return input
  if (type === 'string' && typeof input === 'string') return input
  if (type === 'address' && typeof input === 'string' && isAddress(input, { strict: false }))
    return getAddress(input)
  if (/^u?int/.test(type)) return readInteger(input, type, path)
  throw new TypedDataError(path, `must be of the type ${type}.`)
}

function readBytes(input: unknown, type: string, path: string): Hex {
  const size = type === 'bytes' ? null : Number(type.slice(5))
  const fits =
    typeof input === 'string' &&
    /^0x([0-9a-fA-F]{2})*$/.test(input) &&
    (size === null || input.length === 2 + 2 * size)
  if (!fits) throw new TypedDataError(path, `must be hex of the type ${type}.`)
  return input.toLowerCase() as Hex
}

/** A number of more than 53 bits has lost digits already when it comes as a JSON number. */
function readInteger(input: unknown, type: string, path: string): bigint {
  const isText = typeof input === 'string' && /^(-?\d{1,78}|0x[0-9a-fA-F]{1,64})$/.test(input)
  if (!isText && !Number.isSafeInteger(input))
    throw new TypedDataError(path, `must be a whole number of the type ${type}; a large one as text.`)
  const value = BigInt(input as string | number)
  const bits = BigInt(/\d+$/.exec(type)?.[0] ?? 256)
  const signed = type.startsWith('int')
  const top = 1n << (signed ? bits - 1n : bits)
  if (value >= top || value < (signed ? -top : 0n)) throw new TypedDataError(path, `does not fit ${type}.`)
  return value
}
