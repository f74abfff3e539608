import { numberToHex } from 'viem'
import * as v from 'valibot'
import { getNetwork } from '@/lib/chains/networks'
import { connections } from '@/lib/connection/connections'
import { askUser } from '@/lib/rpc/askUser'
import { defaultChainId } from '@/lib/rpc/defaultChainId'
import { checkUsable } from '@/lib/rpc/usableAccount'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { UnauthorizedError } from '@/lib/rpc/errors'
import { chainIdSchema } from '@/lib/rpc/schemas'

/** EIP-3326 `wallet_switchEthereumChain [{chainId}]`: 4902 for a chain the wallet does not know. */
export const wallet_switchEthereumChain = defineMethod({
  name: 'wallet_switchEthereumChain',
  standard: 'EIP-3326',
  access: 'public',
  durable: true,
  params: v.tuple([v.object({ chainId: chainIdSchema })]),
  async handle(context, [{ chainId }], { caller, connection }) {
    const network = await getNetwork(context.database, chainId)
    if (chainId === (connection?.chainId ?? (await defaultChainId(context)))) return null
    if (connection === undefined) throw new UnauthorizedError()
    await checkUsable(context, connection, network)
    await askUser(context, {
      origin: caller.origin,
      topOrigin: caller.topOrigin,
      metadata: connection.metadata,
      account: connection.account,
      chainId,
      request: { kind: 'switch', from: connection.chainId, to: chainId },
      joinKey: `switch ${caller.origin} ${chainId}`,
      requestId: caller.requestId,
    })
    // Disconnected while the question was open, the site stays so.
    const current = await connections.get(context.database, caller.origin)
    if (current === undefined) throw new UnauthorizedError()
    await connections.put(context.database, { ...current, chainId })
    context.emit(caller.origin, 'chainChanged', numberToHex(chainId))
    context.changed()
    return null
  },
})
