import * as v from 'valibot'
import { callEntries, checkSender, toCall } from '@/lib/rpc/calls'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { UnsupportedCallsChainError } from '@/lib/rpc/errors'
import { foreseeSession } from '@/lib/rpc/foreseeSession'
import { addressSchema, chainIdSchema } from '@/lib/rpc/schemas'
import { toDapp } from '@/lib/rpc/toDapp'

/**
 * `wallet_canAutoSign [{calls, from?, chainId?}]`, Latchkey's own: whether a session of the asking origin would sign these calls
 * without a prompt, else why not, with the rule and its numbers. Signs, reserves and asks nothing; knows the sessions of the asking
 * origin alone.
 */
export const wallet_canAutoSign = defineMethod({
  name: 'wallet_canAutoSign',
  standard: 'Latchkey',
  access: 'connected',
  params: v.tuple([
    v.object({
      from: v.nullish(addressSchema),
      chainId: v.optional(chainIdSchema),
      calls: v.pipe(
        v.array(v.object(callEntries)),
        v.minLength(1, 'must hold at least one call'),
        v.maxLength(100, 'must hold at most 100 calls'),
      ),
    }),
  ]),
  async handle(context, [{ calls, chainId, from }], { caller, connection }) {
    checkSender(connection, from)
    if (chainId !== undefined && chainId !== connection.chainId)
      throw new UnsupportedCallsChainError(chainId, connection.chainId)
    return toDapp(await foreseeSession(context, { caller, connection, calls: calls.map(toCall) }))
  },
})
