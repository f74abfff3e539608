import { expect, test } from 'vitest'
import { closingWords } from '@/entrypoints/popup/parts/closingWords'
import type { ActivityView, ApprovalPhase, SessionView, Snapshot } from '@/lib/messaging/views'
import { busy, chainId, owner, session } from '@/tests/gallery/snapshot'

const closing: SessionView = { ...session, status: 'closing', keyHeld: false }
const worst = '3 DEMO until today, 18:00'

function withApproval(state: ApprovalPhase): Snapshot {
  const request = { kind: 'revoke', sessionIds: [session.id] } as const
  const approval = {
    id: 'x',
    origin: null,
    metadata: {},
    account: owner,
    chainId,
    request,
    state,
    createdAt: 0,
  }
  return { ...busy, activity: [], approvals: [approval] }
}

test('behavior: nothing is said of a session that runs', () => {
  expect(closingWords(session, busy, worst)).toBeNull()
})

test('behavior: a session whose key went with the browser has stopped here, and is open on chain', () => {
  const words = closingWords({ ...session, ephemeral: true, keyHeld: false }, busy, worst)
  expect(words?.tone).toBe('caution')
  expect(words?.text).toContain('no longer holds its key. It is still open on Latchkey Local')
})

test('behavior: closed on chain', () => {
  expect(closingWords({ ...closing, status: 'closed' }, busy, worst)?.text).toBe(
    'Closed on Latchkey Local. A copied key is useless now.',
  )
})

test('behavior: on its way', () => {
  const text = 'Stopped here: this browser no longer signs for it. Closing on Latchkey Local…'
  expect(closingWords(closing, withApproval({ phase: 'sending', userOpHash: null }), worst)?.text).toBe(text)
  const sent = {
    ...busy.activity[0],
    purpose: 'revoke',
    sessionIds: [closing.id],
    status: 'sent',
  } as ActivityView
  expect(closingWords(closing, { ...busy, activity: [sent] }, worst)?.text).toBe(text)
})

test('behavior: nobody can pay', () => {
  const fee = { payer: { kind: 'account' }, maxFee: 1n, balance: 0n, required: 1n } as const
  const snapshot = withApproval({ phase: 'needs-funds', fee, address: owner })
  expect(closingWords(closing, snapshot, worst)).toEqual({
    tone: 'caution',
    text: 'Not closed on Latchkey Local yet: no ETH for the fee. A copied key could still take 3 DEMO until today, 18:00.',
  })
})

test('behavior: the passkey was not asked, or nothing was sent', () => {
  expect(closingWords(closing, withApproval({ phase: 'preparing' }), worst)?.text).toContain(
    'your passkey is still to be asked',
  )
  expect(closingWords(closing, { ...busy, activity: [] }, worst)?.text).toContain(
    'no operation is on its way',
  )
})
