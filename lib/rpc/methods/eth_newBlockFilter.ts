import { addFilter } from '@/lib/rpc/filters'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { noParamsSchema } from '@/lib/rpc/schemas'

/** EIP-1474 `eth_newBlockFilter`: a filter of new blocks at the chain's node, for the document that asks. */
export const eth_newBlockFilter = defineMethod({
  name: 'eth_newBlockFilter',
  standard: 'EIP-1474',
  access: 'connected',
  params: noParamsSchema,
  async handle(context, _params, { caller, connection }) {
    return addFilter(context, {
      caller,
      chainId: connection.chainId,
      method: 'eth_newBlockFilter',
      params: [],
    })
  },
})
