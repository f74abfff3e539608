import * as v from 'valibot'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { handleSchema } from '@/lib/rpc/schemas'

/** `eth_unsubscribe [id]`: whether the document had the subscription. */
export const eth_unsubscribe = defineMethod({
  name: 'eth_unsubscribe',
  standard: 'EIP-1193 (`message`)',
  access: 'public',
  params: v.tuple([handleSchema]),
  async handle(context, [id], { caller }) {
    return context.subscriptions.remove(caller, id)
  },
})
