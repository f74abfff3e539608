import type { Address } from 'viem'
import type { TypedDataStruct, TypedDataValue } from '@/lib/account/typedData/typedData'

/** Far enough away to be no end: the year 3000. */
const noEnd = 32_503_680_000n

/** From this amount on a number of tokens means "everything". */
const everything = 2n ** 128n - 1n

/** A member of typed data as an address; `null` when it is none. */
export function addressOf(value: TypedDataValue | undefined): Address | null {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value) ? (value as Address) : null
}

/** A member as a number; `null` when it is none. */
export function numberOf(value: TypedDataValue | undefined): bigint | null {
  return typeof value === 'bigint' ? value : null
}

/** A member as an amount of tokens; `null` for everything. */
export const amountOf = (value: bigint) => (value >= everything ? null : value)

/** A member as Unix seconds; `null` for no end. */
export const endOf = (value: bigint) => (value >= noEnd ? null : Number(value))

/** A member as a struct; `null` when it is none. */
export function structOf(value: TypedDataValue | undefined): TypedDataStruct | null {
  return typeof value === 'object' && !Array.isArray(value) ? (value as TypedDataStruct) : null
}

/** A member as a list of structs; `null` when it is none. */
export function structsOf(value: TypedDataValue | undefined): readonly TypedDataStruct[] | null {
  if (!Array.isArray(value)) return null
  const structs = (value as readonly TypedDataValue[]).map(structOf)
  return structs.every((item) => item !== null) ? structs : null
}
