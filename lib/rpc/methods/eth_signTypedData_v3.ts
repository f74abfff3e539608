import { defineMethod } from '@/lib/rpc/defineMethod'
import { signParamsSchema } from '@/lib/rpc/readSignParams'
import { signTypedData } from '@/lib/rpc/signTypedData'

/**
 * `eth_signTypedData_v3`: the older name of `eth_signTypedData_v4`. Where both can encode a message, they encode it alike; lists,
 * which the older one did not know, are taken too.
 */
export const eth_signTypedData_v3 = defineMethod({
  name: 'eth_signTypedData_v3',
  standard: 'EIP-712, ERC-1271, ERC-7739, ERC-6492',
  access: 'connected',
  durable: true,
  params: signParamsSchema,
  async handle(context, params, { caller, connection }) {
    return signTypedData(context, { method: 'eth_signTypedData_v3', params, caller, connection })
  },
})
