import { defineMethod } from '@/lib/rpc/defineMethod'
import { noParamsSchema } from '@/lib/rpc/schemas'

/** EIP-1193 `eth_accounts`: the connected account, or none. Never asks. */
export const eth_accounts = defineMethod({
  name: 'eth_accounts',
  standard: 'EIP-1193, EIP-1474',
  access: 'public',
  params: noParamsSchema,
  async handle(_context, _params, { connection }) {
    return connection === undefined ? [] : [connection.account]
  },
})
