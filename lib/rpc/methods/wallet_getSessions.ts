import { defineMethod } from '@/lib/rpc/defineMethod'
import { noParamsSchema } from '@/lib/rpc/schemas'
import { sessionResults } from '@/lib/rpc/sessionResults'

/** `wallet_getSessions`: the sessions of the asking origin on its account and chain. */
export const wallet_getSessions = defineMethod({
  name: 'wallet_getSessions',
  standard: 'Latchkey',
  access: 'connected',
  params: noParamsSchema,
  async handle(context, _params, { connection }) {
    return sessionResults(context, connection)
  },
})
