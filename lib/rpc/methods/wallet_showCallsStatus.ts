import * as v from 'valibot'
import { callsIdOf } from '@/lib/rpc/callsIdOf'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { UnknownCallsError } from '@/lib/rpc/errors'
import { operationOf } from '@/lib/rpc/operationOf'
import { callsIdSchema } from '@/lib/rpc/schemas'

/**
 * EIP-5792 `wallet_showCallsStatus [id]`: shows the calls in the wallet, in the approval window while they wait for the owner, else
 * among its activity. 5730 for an id that the site never used.
 */
export const wallet_showCallsStatus = defineMethod({
  name: 'wallet_showCallsStatus',
  standard: 'EIP-5792',
  access: 'connected',
  params: v.tuple([callsIdSchema]),
  async handle(context, [id], { caller }) {
    const callsId = callsIdOf(caller.origin, id)
    const asked = context.approvals.open().find((approval) => approval.callsId === callsId)
    if (asked !== undefined) await context.window.show(asked.id)
    else if ((await operationOf(context, callsId)) !== undefined) await context.showPage('#/activity')
    else throw new UnknownCallsError(id)
    return null
  },
})
