import { defineMethod } from '@/lib/rpc/defineMethod'
import { RefusedMethodError } from '@/lib/rpc/errors'
import { anyParamsSchema } from '@/lib/rpc/schemas'

/** `eth_signTypedData` without a version: refused. It is the draft before EIP-712, which names no site and no chain. */
export const eth_signTypedData = defineMethod({
  name: 'eth_signTypedData',
  standard: 'EIP-1193 (4200)',
  access: 'public',
  params: anyParamsSchema,
  async handle() {
    throw new RefusedMethodError(
      'eth_signTypedData is a draft that names no site and no chain. Use eth_signTypedData_v4.',
    )
  },
})
