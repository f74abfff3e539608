import { codecFor } from '@/lib/account/codecs/codec'
import type { Approval } from '@/lib/approval/approval'
import type { Network } from '@/lib/chains/network'
import type { Call } from '@/lib/policy/call'

/** The calls that an approval's operation makes; `null` when it needs no operation (connect, unlock, switch, network). */
export function callsOf(
  { request }: Pick<Approval, 'request'>,
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
    case 'transaction':
      return request.calls
    default:
      return null
  }
}
