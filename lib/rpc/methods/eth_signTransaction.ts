import { defineMethod } from '@/lib/rpc/defineMethod'
import { RefusedMethodError } from '@/lib/rpc/errors'
import { anyParamsSchema } from '@/lib/rpc/schemas'

/** `eth_signTransaction`: refused. A smart account has operations, which a bundler sends, and no transactions of its own. */
export const eth_signTransaction = defineMethod({
  name: 'eth_signTransaction',
  standard: 'EIP-1193 (4200)',
  access: 'public',
  params: anyParamsSchema,
  async handle() {
    throw new RefusedMethodError(
      'A smart account signs no transactions of its own. Use eth_sendTransaction or wallet_sendCalls.',
    )
  },
})
