import * as v from 'valibot'
import { addressSchema, chainIdSchema, quantitySchema } from '@/lib/rpc/schemas'

const policySchema = v.looseObject({
  type: v.string(),
  data: v.optional(
    v.looseObject({
      allowance: v.optional(quantitySchema),
      limit: v.optional(quantitySchema),
      count: v.optional(quantitySchema),
      interval: v.optional(quantitySchema),
    }),
    {},
  ),
})

const permissionSchema = v.looseObject({
  type: v.string(),
  data: v.optional(
    v.looseObject({
      address: v.optional(addressSchema),
      to: v.optional(addressSchema),
      allowance: v.optional(quantitySchema),
      calls: v.optional(v.pipe(v.array(v.string()), v.maxLength(255, 'must be at most 255'))),
    }),
    {},
  ),
  policies: v.optional(v.pipe(v.array(policySchema), v.maxLength(16, 'must be at most 16')), []),
  required: v.optional(v.boolean(), true),
})

/** Parameters of the older `wallet_grantPermissions`. */
export const grantSchema = v.looseObject({
  chainId: v.nullish(chainIdSchema),
  address: v.nullish(addressSchema),
  expiry: quantitySchema,
  signer: v.optional(v.looseObject({ type: v.string() })),
  permissions: v.pipe(
    v.array(permissionSchema),
    v.minLength(1, 'must ask for at least one'),
    v.maxLength(255, 'must be at most 255'),
  ),
})
