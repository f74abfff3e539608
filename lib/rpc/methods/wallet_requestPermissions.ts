import * as v from 'valibot'
import { connectSite } from '@/lib/rpc/connectSite'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { accountsPermission } from '@/lib/rpc/permission'

/** EIP-2255 `wallet_requestPermissions [{eth_accounts: {}}]`. */
export const wallet_requestPermissions = defineMethod({
  name: 'wallet_requestPermissions',
  standard: 'EIP-2255',
  access: 'public',
  durable: true,
  params: v.tuple([v.strictObject({ eth_accounts: v.looseObject({}) })]),
  async handle(context, _params, { caller }) {
    return [accountsPermission(await connectSite(context, { caller, metadata: {} }))]
  },
})
