import * as v from 'valibot'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { disconnectSite } from '@/lib/rpc/disconnectSite'

/** EIP-2255 `wallet_revokePermissions [{eth_accounts: {}}]`: disconnects, without a prompt. */
export const wallet_revokePermissions = defineMethod({
  name: 'wallet_revokePermissions',
  standard: 'EIP-2255',
  access: 'public',
  params: v.tuple([v.strictObject({ eth_accounts: v.looseObject({}) })]),
  async handle(context, _params, { caller }) {
    await disconnectSite(context, caller.origin)
    return null
  },
})
