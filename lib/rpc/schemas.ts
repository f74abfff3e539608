import { getAddress, isAddress, type Address, type Hex } from 'viem'
import * as v from 'valibot'

/** An address in any case, checksummed on the way in. */
export const addressSchema = v.pipe(
  v.string(),
  v.check((text) => isAddress(text, { strict: false }), 'must be an address of 20 bytes'),
  v.transform((text): Address => getAddress(text)),
)

/** Hex bytes. */
export const dataSchema = v.pipe(
  v.string(),
  v.regex(/^0x([0-9a-fA-F]{2})*$/, 'must be hex bytes, 0x and an even number of digits'),
  v.transform((text) => text as Hex),
)

/** A quantity as JSON-RPC writes it; a decimal string or a safe integer is taken too, as some libraries send those. */
export const quantitySchema = v.pipe(
  v.union([
    v.pipe(v.string(), v.regex(/^(0x[0-9a-fA-F]+|[0-9]+)$/, 'must be a hex quantity such as 0x1')),
    v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  ]),
  v.transform((quantity) => BigInt(quantity)),
  v.check((quantity) => quantity < 2n ** 256n, 'must be less than 2^256'),
)

/** A chain id. */
export const chainIdSchema = v.pipe(
  quantitySchema,
  v.check((id) => id > 0n && id <= BigInt(Number.MAX_SAFE_INTEGER), 'must be a chain id'),
  v.transform(Number),
)

/** `{url, context}` of ERC-7677, as the capability `paymasterService` and the connector's `paymaster` send it. */
export const sponsorSchema = v.object({
  url: v.pipe(v.string(), v.check(isServiceUrl, 'must be an https URL (http only on this computer)')),
  context: v.optional(v.unknown()),
})

function isServiceUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return (
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  )
}

/** No parameters: absent, `[]` or `{}`. */
export const noParamsSchema = v.optional(v.union([v.array(v.unknown()), v.record(v.string(), v.unknown())]))
