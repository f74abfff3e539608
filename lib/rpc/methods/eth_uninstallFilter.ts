import * as v from 'valibot'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { askFilter } from '@/lib/rpc/filters'
import { handleSchema } from '@/lib/rpc/schemas'

/** EIP-1474 `eth_uninstallFilter [id]`: ends it. Only for the document that made the filter. */
export const eth_uninstallFilter = defineMethod({
  name: 'eth_uninstallFilter',
  standard: 'EIP-1474',
  access: 'connected',
  params: v.tuple([handleSchema]),
  async handle(context, [id], { caller }) {
    return askFilter(context, { caller, id, method: 'eth_uninstallFilter' })
  },
})
