import { chainSeenBy } from '@/lib/rpc/chainSeenBy'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { noParamsSchema } from '@/lib/rpc/schemas'

/** EIP-695 `eth_chainId`: the chain that the origin sees. */
export const eth_chainId = defineMethod({
  name: 'eth_chainId',
  standard: 'EIP-695',
  access: 'public',
  params: noParamsSchema,
  async handle(context, _params, { caller }) {
    return chainSeenBy(context, caller.origin)
  },
})
