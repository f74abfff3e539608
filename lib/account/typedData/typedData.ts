/** A member of a struct: `{name: 'to', type: 'address'}`. */
export type TypedDataField = { readonly name: string; readonly type: string }

/** A value of typed data: numbers as bigints, addresses with EIP-55 case, bytes as hex. */
export type TypedDataValue = string | boolean | bigint | readonly TypedDataValue[] | TypedDataStruct

/** A struct's values by name: what its type lists, and nothing else. */
export type TypedDataStruct = { readonly [name: string]: TypedDataValue }

/**
 * EIP-712 typed data, checked: every value fits its type, and nothing is in it that the signature does not cover.
 *
 * @see https://eips.ethereum.org/EIPS/eip-712
 */
export type TypedData = {
  /** Structs that the primary type needs, and `EIP712Domain`. */
  readonly types: Readonly<Record<string, readonly TypedDataField[]>>
  readonly primaryType: string
  readonly domain: TypedDataStruct
  readonly message: TypedDataStruct
}
