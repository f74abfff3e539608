import { numberToHex, isAddressEqual } from 'viem'
import * as v from 'valibot'
import { listNetworks } from '@/lib/chains/networks'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { UnauthorizedError } from '@/lib/rpc/errors'
import { addressSchema, chainIdSchema } from '@/lib/rpc/schemas'

/**
 * EIP-5792 `wallet_getCapabilities [address, chainIds?]`, by chain id. `sessionOnly` is Latchkey's own: calls that the session
 * does not allow are refused with the rule instead of shown to the user.
 */
export const wallet_getCapabilities = defineMethod({
  name: 'wallet_getCapabilities',
  standard: 'EIP-5792',
  access: 'connected',
  params: v.tuple([
    addressSchema,
    v.nullish(v.pipe(v.array(chainIdSchema), v.maxLength(100, 'must name at most 100 chains'))),
  ]),
  async handle(context, [address, chainIds], { connection }) {
    if (!isAddressEqual(address, connection.account))
      throw new UnauthorizedError(`This site is not connected to ${address}.`)
    const known = await listNetworks(context.database)
    const asked = !chainIds ? known : known.filter(({ chainId }) => chainIds.includes(chainId))
    return Object.fromEntries(asked.map(({ chainId }) => [numberToHex(chainId), capabilities]))
  },
})

const capabilities = {
  atomic: { status: 'supported' },
  paymasterService: { supported: true },
  sessions: { supported: true },
  sessionOnly: { supported: true },
}
