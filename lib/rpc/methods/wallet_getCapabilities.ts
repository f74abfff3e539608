import { numberToHex, isAddressEqual } from 'viem'
import * as v from 'valibot'
import type { AccountKind } from '@/lib/account/account'
import { accounts } from '@/lib/account/accounts'
import { codecFor } from '@/lib/account/codecs/codec'
import { isUsableOn } from '@/lib/account/isUsableOn'
import { listNetworks } from '@/lib/chains/networks'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { UnauthorizedError } from '@/lib/rpc/errors'
import { addressSchema, chainIdSchema } from '@/lib/rpc/schemas'

/**
 * EIP-5792 `wallet_getCapabilities [address, chainIds?]`, by chain id, of the networks on which the account can be used. `sessions`
 * tells how many calls a session signs at once, and whether the chain or the wallet alone counts uses. `sessionOnly` is Latchkey's own: calls that the session
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
    const account = await accounts.get(context.database, connection.account.toLowerCase())
    const usable = account === undefined ? asked : asked.filter((network) => isUsableOn(account, network))
    return Object.fromEntries(
      usable.map(({ chainId, deployment }) => [numberToHex(chainId), capabilitiesOf(deployment.kind)]),
    )
  },
})

/** A batch that the owner signs is atomic for either kind; what a session signs may be limited. */
function capabilitiesOf(kind: AccountKind) {
  const { maximumCalls, countsUses } = codecFor(kind).rules
  return {
    atomic: { status: 'supported' },
    paymasterService: { supported: true },
    sessions: { supported: true, maximumCalls, useLimits: countsUses ? 'chain' : 'wallet' },
    sessionOnly: { supported: true },
  }
}
