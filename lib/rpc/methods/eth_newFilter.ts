import { addFilter } from '@/lib/rpc/filters'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { criteriaSchema } from '@/lib/rpc/schemas'
import * as v from 'valibot'
/** EIP-1474 `eth_newFilter`: a filter of logs at the chain's node, for the document that asks. */
export const eth_newFilter = defineMethod({
  name: 'eth_newFilter',
  standard: 'EIP-1474',
  access: 'connected',
  params: v.tuple([criteriaSchema]),
  async handle(context, params, { caller, connection }) {
    return addFilter(context, {
      caller,
      chainId: connection.chainId,
      method: 'eth_newFilter',
      params: params,
    })
  },
})
