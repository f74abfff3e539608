import { defineMethod } from '@/lib/rpc/defineMethod'
import { signParamsSchema } from '@/lib/rpc/readSignParams'
import { signTypedData } from '@/lib/rpc/signTypedData'

/** EIP-712 `eth_signTypedData_v4 [address, typedData]`: typed data as an object or its JSON, signed with the owner's passkey. */
export const eth_signTypedData_v4 = defineMethod({
  name: 'eth_signTypedData_v4',
  standard: 'EIP-712, ERC-1271, ERC-7739, ERC-6492',
  access: 'connected',
  durable: true,
  params: signParamsSchema,
  async handle(context, params, { caller, connection }) {
    return signTypedData(context, { method: 'eth_signTypedData_v4', params, caller, connection })
  },
})
