import { readTypes, type TypedDataTypes } from '@/lib/account/typedData/readTypes'
import { readStruct } from '@/lib/account/typedData/readValue'
import type { TypedData, TypedDataField } from '@/lib/account/typedData/typedData'
import { TypedDataError } from '@/lib/account/typedData/TypedDataError'

/** The members that a domain may have, in the order in which EIP-712 lists them. */
const domainFields: readonly TypedDataField[] = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
  { name: 'salt', type: 'bytes32' },
]

/**
 * Reads EIP-712 typed data as clients send it: an object, or its JSON; numbers as numbers, digits or hex; with or without
 * `EIP712Domain` among the types.
 *
 * @throws {TypedDataError} -32602, naming the member that is wrong.
 */
export function parseTypedData(input: unknown): TypedData {
  const data = typeof input === 'string' ? parseJson(input) : input
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new TypedDataError('the whole', 'must be an object {types, primaryType, domain, message}.')
  const { types: given, primaryType, domain, message } = data as Record<string, unknown>
  if (typeof primaryType !== 'string') throw new TypedDataError('primaryType', 'must name a struct.')
  if (primaryType === 'EIP712Domain')
    throw new TypedDataError('primaryType', 'must be a message, not the domain alone.')
  const read = readTypes(given, primaryType)
  const types: TypedDataTypes = { ...read, EIP712Domain: domainType(read['EIP712Domain'], domain) }
  return {
    types,
    primaryType,
    domain: readStruct(domain ?? {}, 'EIP712Domain', types, 'domain'),
    message: readStruct(message, primaryType, types, 'message'),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TypedDataError('the whole', `must be JSON: ${(error as Error).message}.`)
  }
}

/** The domain's type: as the site lists it, else what the domain has. */
function domainType(
  listed: readonly TypedDataField[] | undefined,
  domain: unknown,
): readonly TypedDataField[] {
  const has = (name: string) => typeof domain === 'object' && domain !== null && Object.hasOwn(domain, name)
  if (listed === undefined) return domainFields.filter(({ name }) => has(name))
  const odd = listed.find(
    (field) => !domainFields.some(({ name, type }) => name === field.name && type === field.type),
  )
  if (odd !== undefined)
    throw new TypedDataError(`types.EIP712Domain.${odd.name}`, `cannot be in a domain as ${odd.type}.`)
  // A chain or contract that the site shows beside the domain's type would not be signed.
  const loose = domainFields.find(({ name }) => has(name) && !listed.some((field) => field.name === name))
  if (loose !== undefined)
    throw new TypedDataError(`domain.${loose.name}`, 'is not among the members of EIP712Domain.')
  return listed
}
