import { codecFor } from '@/lib/account/codecs/codec'
import type { Approval } from '@/lib/approval/approval'
import type { Network } from '@/lib/chains/network'
import type { Call } from '@/lib/policy/call'

/** The calls that an approval's operation makes; `null` when it needs no operation (connect, unlock, switch, network). */
export function callsOf(
  { request, account }: Pick<Approval, 'request' | 'account'>,
  { deployment }: Pick<Network, 'deployment'>,
): readonly Call[] | null {
  const codec = codecFor(deployment.kind)
  switch (request.kind) {
    case 'session':
      return [
        ...(request.replacesIds?.length ? [codec.revokeSessions(deployment, request.replacesIds)] : []),
        codec.createSession(deployment, request.spec),
      ]
    case 'revoke':
      return [codec.revokeSessions(deployment, request.sessionIds)]
    case 'add-passkey':
      return account === null ? null : [codec.addPasskey(account, request.passkey)]
    case 'remove-passkey': {
      if (account === null) return null
      const removal = codec.removePasskey(account, request.passkey)
      return request.sessionIds.length === 0
        ? [removal]
        : [codec.revokeSessions(deployment, request.sessionIds), removal]
    }
    case 'transaction':
      return request.calls
    default:
      return null
  }
}
