import * as v from 'valibot'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { InvalidParamsError } from '@/lib/rpc/errors'
import { criteriaSchema } from '@/lib/rpc/schemas'

/**
 * `eth_subscribe ['newHeads']` or `['logs', {address, topics}]`: the document gets `message` events of the type `eth_subscription`
 * until it unsubscribes, is left or closed, or its site is disconnected or changes the chain.
 *
 * @see https://geth.ethereum.org/docs/interacting-with-geth/rpc/pubsub
 */
export const eth_subscribe = defineMethod({
  name: 'eth_subscribe',
  standard: 'EIP-1193 (`message`)',
  access: 'connected',
  params: v.tuple([v.string(), v.nullish(criteriaSchema)]),
  async handle(context, [kind, criteria], { caller, connection }) {
    if (kind !== 'newHeads' && kind !== 'logs')
      throw new InvalidParamsError(
        `eth_subscribe: "${kind.slice(0, 40)}" is not offered. Use newHeads or logs.`,
      )
    const { address, topics } = criteria ?? {}
    const wanted =
      kind === 'newHeads'
        ? ({ kind } as const)
        : ({ kind, criteria: { ...(address && { address }), ...(topics && { topics }) } } as const)
    return context.subscriptions.add(caller, connection.chainId, wanted)
  },
})
