import { askForSignature } from '@/lib/rpc/askForSignature'
import { checkSender } from '@/lib/rpc/calls'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { messageBytes, readSignParams, signParamsSchema } from '@/lib/rpc/readSignParams'

/**
 * EIP-191 `personal_sign [message, address]`: signs text, or bytes given as hex, with the owner's passkey. A login (ERC-4361) is
 * checked against the site. The signature is one of a contract: ERC-1271 through ERC-7739, and ERC-6492 while the account is not
 * deployed.
 */
export const personal_sign = defineMethod({
  name: 'personal_sign',
  standard: 'EIP-191, ERC-4361, ERC-1271, ERC-7739, ERC-6492',
  access: 'connected',
  durable: true,
  params: signParamsSchema,
  async handle(context, params, { caller, connection }) {
    const { address, content } = readSignParams('personal_sign', params, false)
    checkSender(connection, address)
    const request = { kind: 'message', message: messageBytes(content) } as const
    return askForSignature(context, { caller, connection, request })
  },
})
