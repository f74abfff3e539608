/** A value of typed data, as `lib/account/typedData` checked it. */
export type TypedDataViewValue =
  string | boolean | bigint | readonly TypedDataViewValue[] | { readonly [name: string]: TypedDataViewValue }

/** EIP-712 typed data as an approval shows it. The same shape as `TypedData` of `lib/account/typedData/typedData.ts`. */
export type TypedDataView = {
  readonly types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>
  readonly primaryType: string
  readonly domain: { readonly [name: string]: TypedDataViewValue }
  readonly message: { readonly [name: string]: TypedDataViewValue }
}
