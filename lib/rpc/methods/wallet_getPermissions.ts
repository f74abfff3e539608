import { defineMethod } from '@/lib/rpc/defineMethod'
import { accountsPermission } from '@/lib/rpc/permission'
import { noParamsSchema } from '@/lib/rpc/schemas'

/** EIP-2255 `wallet_getPermissions`. */
export const wallet_getPermissions = defineMethod({
  name: 'wallet_getPermissions',
  standard: 'EIP-2255',
  access: 'public',
  params: noParamsSchema,
  async handle(_context, _params, { connection }) {
    return connection === undefined ? [] : [accountsPermission(connection)]
  },
})
