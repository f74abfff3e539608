import { defineMethod } from '@/lib/rpc/defineMethod'
import { RefusedMethodError } from '@/lib/rpc/errors'
import { anyParamsSchema } from '@/lib/rpc/schemas'

/** `eth_sendRawTransaction`: refused. The wallet sends what it signed, nothing else. */
export const eth_sendRawTransaction = defineMethod({
  name: 'eth_sendRawTransaction',
  standard: 'EIP-1193 (4200)',
  access: 'public',
  params: anyParamsSchema,
  async handle() {
    throw new RefusedMethodError(
      'Latchkey sends only what it signed. Use eth_sendTransaction, or your own node.',
    )
  },
})
