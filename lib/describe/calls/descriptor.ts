/**
 * How a function's call is told, after ERC-7730: a sentence with places in it, and fields with formats that fill the places.
 *
 * Paths name parameters (`amount`, `params.tokenIn`, `path.[-1]`), or the call itself (`@.to`, `@.value`).
 *
 * @see https://eips.ethereum.org/EIPS/eip-7730
 */
export type Descriptor = {
  /** With the names of the parameters: `transfer(address to, uint256 amount)`. */
  readonly signature: string
  /** `Send {amount} to {to}`. The last one whose condition holds counts; without a condition it always does. */
  readonly intents: readonly Intent[]
  /** What is not in the sentence is shown below it, in this order. Parameters without a field are not shown. */
  readonly fields: readonly Field[]
  readonly warnings?: readonly DescriptorWarning[] | undefined
}

/** A sentence, and when it is the right one. */
export type Intent = { readonly text: string; readonly when?: Condition | undefined }

/** What the owner is warned of, and when. */
export type DescriptorWarning = {
  readonly severity: 'danger' | 'caution'
  readonly text: string
  readonly when?: Condition | undefined
}

/** A parameter, or a part of the call, and how it reads. */
export type Field = { readonly path: string; readonly label: string } & Format

/** How a value reads. */
export type Format =
  /** In wei, of the chain's currency. */
  | { readonly format: 'amount' }
  /** Of the token whose address stands at `token`. */
  | { readonly format: 'tokenAmount'; readonly token: string }
  /** As `tokenAmount`, told as a bound: `up to 5 DEMO`, or `all your DEMO` from {@link everything} on. */
  | { readonly format: 'allowance'; readonly token: string }
  | { readonly format: 'addressName' }
  /** Unix seconds. */
  | { readonly format: 'date' }
  /** A count of something. */
  | { readonly format: 'unit'; readonly unit: string }
  /** As it stands. */
  | { readonly format: 'raw' }

/** What a value must be. */
export type Condition =
  | { readonly path: string; readonly is: bigint | boolean }
  | { readonly path: string; readonly atLeast: bigint }
  /** An address other than the account's. */
  | { readonly path: string; readonly other: true }
  /** An address that is no token that the wallet knows. */
  | { readonly path: string; readonly noToken: true }

/** From this amount on an approval means "everything". */
export const everything = 2n ** 128n - 1n
