import type { TypedData, TypedDataField } from '@/lib/account/typedData/typedData'
import { TypedDataError } from '@/lib/account/typedData/TypedDataError'

/** Structs by name. */
export type TypedDataTypes = TypedData['types']

const identifier = /^[A-Za-z_$][A-Za-z0-9_$]*$/
const atomic = /^(address|bool|string|bytes|bytes([1-9]|[12]\d|3[0-2])|u?int(\d+)?)$/
const arrayEnd = /(\[\d*\])+$/

/** A field's type without `[]`. */
export const elementOf = (type: string) => type.replace(arrayEnd, '')

/** Whether a type is one of Solidity's own, not a struct. */
export function isAtomic(type: string): boolean {
  const bits = /^u?int(\d+)$/.exec(type)?.[1]
  return atomic.test(type) && (bits === undefined || (Number(bits) % 8 === 0 && isWidth(Number(bits))))
}

const isWidth = (bits: number) => bits >= 8 && bits <= 256

/**
 * Reads the struct types of typed data, and keeps those that `primaryType` needs. Names are identifiers: anything else could pass
 * for another struct once it is put into a type's text.
 *
 * @throws {TypedDataError} A name or type is malformed, or a struct is missing.
 */
export function readTypes(input: unknown, primaryType: string): TypedDataTypes {
  const all = members(input, 'types')
  const read = new Map<string, readonly TypedDataField[]>()
  const wanted = [primaryType, ...(Object.hasOwn(all, 'EIP712Domain') ? ['EIP712Domain'] : [])]
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (read.has(name)) continue
    if (!identifier.test(name) || name in Object.prototype || isAtomic(name))
      throw new TypedDataError('types', `has a struct of a name that cannot be: ${name.slice(0, 80)}.`)
    if (!Object.hasOwn(all, name)) throw new TypedDataError('types', `lacks the struct ${name.slice(0, 80)}.`)
    const fields = readFields(all[name], name)
    read.set(name, fields)
    wanted.push(...fields.map(({ type }) => elementOf(type)).filter((type) => !isAtomic(type)))
  }
  return Object.fromEntries(read)
}

function readFields(input: unknown, struct: string): TypedDataField[] {
  const path = `types.${struct}`
  if (!Array.isArray(input)) throw new TypedDataError(path, 'must be a list of {name, type}.')
  const fields = input.map((item: unknown, index) => {
    const { name, type } = members(item, `${path}.${index}`)
    if (typeof name !== 'string' || !identifier.test(name) || name in Object.prototype)
      throw new TypedDataError(`${path}.${index}.name`, 'must be a name as Solidity has it.')
    if (typeof type !== 'string') throw new TypedDataError(`${path}.${index}.type`, 'must be a type.')
    return { name, type }
  })
  if (new Set(fields.map(({ name }) => name)).size < fields.length)
    throw new TypedDataError(path, 'has two members of one name.')
  return fields
}

function members(input: unknown, path: string): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new TypedDataError(path, 'must be an object.')
  return input as Record<string, unknown>
}
