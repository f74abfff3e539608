import type { Hex } from 'viem'
import * as v from 'valibot'
import { addressSchema } from '@/lib/rpc/schemas'

const sessionIdSchema = v.pipe(
  v.string(),
  v.regex(/^0x[0-9a-f]{64}$/, 'must be a session’s id'),
  v.transform((text) => text as Hex),
)

/** A query of the activity list, as the popup sends it. */
export const activityQuerySchema = v.strictObject({
  filter: v.strictObject({
    origin: v.optional(v.nullable(v.string())),
    account: v.optional(addressSchema),
    chainId: v.optional(v.pipe(v.number(), v.safeInteger())),
    signedBy: v.optional(v.picklist(['passkey', 'session'])),
    state: v.optional(v.picklist(['under-way', 'done', 'failed', 'void'])),
    purpose: v.optional(
      v.picklist(['calls', 'create-session', 'revoke', 'add-passkey', 'remove-passkey', 'message']),
    ),
    sessionId: v.optional(sessionIdSchema),
    text: v.optional(v.pipe(v.string(), v.maxLength(200, 'must be at most 200 characters'))),
  }),
  before: v.optional(v.strictObject({ at: v.pipe(v.number(), v.finite()), id: v.string() })),
})
