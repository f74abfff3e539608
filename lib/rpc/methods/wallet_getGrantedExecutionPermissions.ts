import { defineMethod } from '@/lib/rpc/defineMethod'
import { noParamsSchema } from '@/lib/rpc/schemas'

/** ERC-7715 `wallet_getGrantedExecutionPermissions`: none, as none can be granted. */
export const wallet_getGrantedExecutionPermissions = defineMethod({
  name: 'wallet_getGrantedExecutionPermissions',
  standard: 'ERC-7715',
  access: 'public',
  params: noParamsSchema,
  async handle() {
    return []
  },
})
