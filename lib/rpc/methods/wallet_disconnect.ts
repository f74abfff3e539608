import { defineMethod } from '@/lib/rpc/defineMethod'
import { disconnectSite } from '@/lib/rpc/disconnectSite'
import { noParamsSchema } from '@/lib/rpc/schemas'

/** ERC-7846 `wallet_disconnect`. */
export const wallet_disconnect = defineMethod({
  name: 'wallet_disconnect',
  standard: 'ERC-7846',
  access: 'public',
  params: noParamsSchema,
  async handle(context, _params, { caller }) {
    await disconnectSite(context, caller.origin)
    return null
  },
})
