import * as v from 'valibot'
import { getNetwork } from '@/lib/chains/networks'
import { callsStatus, pendingStatus } from '@/lib/rpc/callsStatus'
import { callsIdOf } from '@/lib/rpc/callsIdOf'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { UnknownCallsError } from '@/lib/rpc/errors'
import { operationOf } from '@/lib/rpc/operationOf'
import { callsIdSchema } from '@/lib/rpc/schemas'

/** EIP-5792 `wallet_getCallsStatus [id]`: 5730 for an id that the site never used. */
export const wallet_getCallsStatus = defineMethod({
  name: 'wallet_getCallsStatus',
  standard: 'EIP-5792',
  access: 'connected',
  params: v.tuple([callsIdSchema]),
  async handle(context, [id], { caller }) {
    const callsId = callsIdOf(caller.origin, id)
    const waiting = context.approvals.open().find((approval) => approval.callsId === callsId)
    if (waiting !== undefined) return pendingStatus(waiting.chainId, id)
    const row = await operationOf(context, callsId)
    if (row === undefined || row.origin !== caller.origin) throw new UnknownCallsError(id)
    return callsStatus(await getNetwork(context.database, row.chainId), row, id)
  },
})
