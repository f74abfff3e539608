import { getAddress, isAddress, type Address, type Hex } from 'viem'
import * as v from 'valibot'
import type { SiteMetadata } from '@/lib/messaging/views'

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

/** No parameters: absent, `[]` or `{}`. */
export const noParamsSchema = v.optional(v.union([v.array(v.unknown()), v.record(v.string(), v.unknown())]))

/** Parameters that nobody looks at. */
export const anyParamsSchema = v.unknown()

/** The name of a filter or subscription. */
export const handleSchema = v.pipe(v.string(), v.regex(/^0x[0-9a-fA-F]{1,64}$/, 'must be an id in hex'))

const topicSchema = v.nullable(v.union([v.string(), v.array(v.nullable(v.string()))]))

/** Which logs are meant, as for `eth_getLogs`; the node checks the rest. */
export const criteriaSchema = v.looseObject({
  address: v.nullish(v.union([addressSchema, v.array(addressSchema)])),
  topics: v.nullish(v.pipe(v.array(topicSchema), v.maxLength(4, 'must be at most 4'))),
})

/** The name of calls, as `wallet_sendCalls` answered it. */
export const callsIdSchema = v.pipe(v.string(), v.maxLength(4100, 'must be at most 4,100 characters'))

/** Name and icon of a site, by its own word. */
export const metadataSchema = v.object({
  name: v.optional(v.pipe(v.string(), v.maxLength(200, 'must be at most 200 characters'))),
  icon: v.nullish(v.pipe(v.string(), v.maxLength(100_000, 'must be at most 100,000 characters'))),
})

/** Characters that are not seen, or that turn the direction of the words beside them. */
const unseen = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/**
 * What a site says of itself, without members that are not there. An icon is kept only if it is in the request itself: the address
 * of one would tell its server when the owner looks at the wallet, and could show another picture each time.
 */
export function metadataOf(metadata: v.InferOutput<typeof metadataSchema> | undefined): SiteMetadata {
  const name = metadata?.name?.replace(unseen, '').trim()
  const icon = metadata?.icon
  return { ...(name && { name }), ...(icon?.startsWith('data:image/') && { icon }) }
}
