import { defineMethod } from '@/lib/rpc/defineMethod'
import { RefusedMethodError } from '@/lib/rpc/errors'
import { anyParamsSchema } from '@/lib/rpc/schemas'

/** `eth_sign`: refused. It signs a hash that nobody can read, and may be that of anything. */
export const eth_sign = defineMethod({
  name: 'eth_sign',
  standard: 'EIP-1193 (4200)',
  access: 'public',
  params: anyParamsSchema,
  async handle() {
    throw new RefusedMethodError(
      'eth_sign signs a hash that nobody can read. Use personal_sign or eth_signTypedData_v4.',
    )
  },
})
