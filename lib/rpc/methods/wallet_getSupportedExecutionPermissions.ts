import { defineMethod } from '@/lib/rpc/defineMethod'
import { noParamsSchema } from '@/lib/rpc/schemas'

/**
 * ERC-7715 `wallet_getSupportedExecutionPermissions`: none. They give a key of the site's own a context to redeem, and Latchkey's
 * session keys never leave the wallet; ask for a session instead.
 */
export const wallet_getSupportedExecutionPermissions = defineMethod({
  name: 'wallet_getSupportedExecutionPermissions',
  standard: 'ERC-7715',
  access: 'public',
  params: noParamsSchema,
  async handle() {
    return {}
  },
})
