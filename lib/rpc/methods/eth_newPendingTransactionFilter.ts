import { addFilter } from '@/lib/rpc/filters'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { noParamsSchema } from '@/lib/rpc/schemas'

/** EIP-1474 `eth_newPendingTransactionFilter`: a filter of transactions that wait for a block at the chain's node, for the document that asks. */
export const eth_newPendingTransactionFilter = defineMethod({
  name: 'eth_newPendingTransactionFilter',
  standard: 'EIP-1474',
  access: 'connected',
  params: noParamsSchema,
  async handle(context, _params, { caller, connection }) {
    return addFilter(context, {
      caller,
      chainId: connection.chainId,
      method: 'eth_newPendingTransactionFilter',
      params: [],
    })
  },
})
