import type { Address } from 'viem'
import { parseEther } from 'viem'
import type { ApprovalRequest } from '@/lib/messaging/views'
import { unlimited } from '@/lib/policy/spec'
import { friend, id, orchard, session, shop, token } from '@/tests/gallery/snapshot'

const lower = (address: Address) => address.toLowerCase() as Address

/** Revocations that take approvals back. */
export const cleanUps: Readonly<Record<string, ApprovalRequest>> = {
  'revoke-clean': {
    kind: 'revoke',
    sessionIds: [session.id],
    cleanUp: {
      approvals: [
        { kind: 'token', token: lower(token), spender: lower(shop), amount: parseEther('5') },
        { kind: 'token', token: lower(token), spender: lower(friend), amount: 2n ** 256n - 1n },
        { kind: 'collection', token: lower(orchard), spender: lower(friend), amount: 1n },
        { kind: 'permit2', token: lower(token), spender: lower(friend), amount: parseEther('0.5') },
      ],
      kept: [],
      unread: null,
    },
  },
  'revoke-clean-unread': {
    kind: 'revoke',
    sessionIds: [session.id],
    cleanUp: {
      approvals: [{ kind: 'token', token: lower(token), spender: lower(shop), amount: parseEther('5') }],
      kept: [{ kind: 'token', token: lower(orchard), spender: lower(friend), amount: 7n }],
      unread: 'The node of Latchkey Local does not tell what was approved in earlier blocks.',
    },
  },
  'revoke-clean-nothing': {
    kind: 'revoke',
    sessionIds: [session.id],
    cleanUp: { approvals: [], kept: [], unread: null },
  },
}

/** A session that may approve, for the list. */
export const approving = {
  ...session,
  id: id('9'),
  spec: {
    ...session.spec,
    callPolicies: session.spec.callPolicies.map((policy) => ({
      ...policy,
      selector: '0x095ea7b3' as const,
      useLimit: unlimited,
    })),
  },
}
