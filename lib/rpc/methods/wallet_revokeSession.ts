import type { Hex } from 'viem'
import * as v from 'valibot'
import { askUser, outcomeOf } from '@/lib/rpc/askUser'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { dropLocalKeys } from '@/lib/rpc/dropLocalKeys'
import { InvalidParamsError } from '@/lib/rpc/errors'
import { sessionResult } from '@/lib/rpc/sessionResults'
import { sessions } from '@/lib/session/sessions'

/**
 * `wallet_revokeSession [{id}]`: ends a session of the asking origin. Its key is deleted at once, whatever the user then answers;
 * the owner's gesture closes it on chain. Answers with the session as it then is.
 */
export const wallet_revokeSession = defineMethod({
  name: 'wallet_revokeSession',
  standard: 'Latchkey',
  access: 'connected',
  durable: true,
  params: v.tuple([
    v.object({ id: v.pipe(v.string(), v.regex(/^0x[0-9a-fA-F]{64}$/, 'must be a session id of 32 bytes')) }),
  ]),
  async handle(context, [{ id }], { caller, connection }) {
    const sessionId = id.toLowerCase() as Hex
    const session = await sessions.get(context.database, sessionId)
    if (session === undefined || session.origin !== caller.origin)
      throw new InvalidParamsError(`wallet_revokeSession: this site has no session ${id}.`)
    const asked = context.approvals.ofRequest(caller.requestId)
    if (asked !== undefined) await outcomeOf(context, asked)
    else if (session.status !== 'closed' && session.status !== 'failed') {
      await dropLocalKeys(context, [sessionId])
      await askUser(context, {
        origin: caller.origin,
        topOrigin: caller.topOrigin,
        metadata: connection.metadata,
        account: session.account,
        chainId: session.chainId,
        request: { kind: 'revoke', sessionIds: [sessionId] },
        sponsor: session.sponsor,
        joinKey: `revoke ${sessionId}`,
        requestId: caller.requestId,
      })
    }
    return sessionResult(context, (await sessions.get(context.database, sessionId)) ?? session)
  },
})
