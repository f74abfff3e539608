import { defineMethod } from '@/lib/rpc/defineMethod'
import { MethodNotFoundError } from '@/lib/rpc/errors'
import { anyParamsSchema } from '@/lib/rpc/schemas'

/**
 * `wallet_sendTransaction`: -32601. Client libraries send a transaction that failed a second time by this method, unless it is
 * said not to exist.
 */
export const wallet_sendTransaction = defineMethod({
  name: 'wallet_sendTransaction',
  standard: 'EIP-1474 (-32601)',
  access: 'public',
  params: anyParamsSchema,
  async handle() {
    throw new MethodNotFoundError('wallet_sendTransaction')
  },
})
