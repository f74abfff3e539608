import { parseEther } from 'viem'
import type { ActivityView } from '@/lib/messaging/views'
import type { Scene } from '@/tests/gallery/scenes'
import {
  busy,
  day,
  fresh,
  id,
  now,
  plantCall,
  session,
  shop,
  token,
  transferCall,
} from '@/tests/gallery/snapshot'

const [message, ...others] = busy.activity
const [planted, paid] = others
if (message === undefined || planted === undefined || paid === undefined)
  throw new Error('The gallery’s wallet signed nothing.')

const bySession: ActivityView = {
  ...paid,
  id: 'by session',
  rule: { policyIndex: [1], left: [{ cell: '1.argument.1', left: parseEther('0.8') }] },
  fee: 12_345_678_901_234n,
  payer: 'sponsor',
  chainId: 8453,
}
const once: ActivityView = {
  ...paid,
  id: 'once',
  at: (now - 30) * 1000,
  signedBy: 'passkey',
  sessionId: undefined,
  passkey: '0x01',
  calls: [transferCall(shop, parseEther('1.5')), plantCall(7n)],
  gasUsed: 118_250n,
  fee: 98_765_432_109_876n,
  payer: 'account',
  refusal: {
    rule: 'AllowanceExceeded',
    call: 0,
    subject: { kind: 'argument', target: token, selector: '0xa9059cbb', index: 1 },
    limit: parseEther('10'),
    used: parseEther('9.2'),
    amount: parseEther('1.5'),
    period: day,
    resetsAt: (Math.floor(now / day) + 1) * day,
  },
}
const created: ActivityView = {
  ...paid,
  id: 'created',
  signedBy: 'passkey',
  sessionId: undefined,
  passkey: '0x01',
  purpose: 'create-session',
  sessionIds: [id('a')],
  calls: [{ ...plantCall(7n), data: `0x12345678${'00'.repeat(64)}` }],
}
const many = Array.from({ length: 400 }, (_, index): ActivityView => ({
  ...(index % 3 === 0 ? paid : planted),
  id: `entry ${index}`,
  status: index % 40 === 7 ? 'failed' : 'final',
  transactionHash: id('7'),
  at: (now - index * 1900) * 1000,
}))
const scene = (name: string, more: Partial<Scene> = {}): Scene => ({
  name,
  hash: '#/activity',
  snapshot: {
    ...busy,
    tokens: [...busy.tokens, ...busy.tokens.map((one) => ({ ...one, chainId: 8453 }))],
  },
  ...more,
})

/** The activity page in its states. */
export const activityScenes: readonly Scene[] = [
  scene('activity'),
  scene('activity-empty', { snapshot: fresh }),
  scene('activity-filters', { click: 'Filters' }),
  scene('activity-session', { activity: [bySession], click: 'Send' }),
  scene('activity-once', { activity: [once], click: 'Send' }),
  scene('activity-created', { activity: [created], click: 'Session' }),
  scene('activity-message', { activity: [message], click: 'Signed' }),
  scene('activity-many', { activity: many }),
  scene('activity-of-session', { hash: `#/activity?session=${session.id}`, activity: [bySession] }),
  scene('activity-none', { search: 'no such thing' }),
  scene('activity-reading', { activity: 'slow' }),
  scene('activity-searching', { activity: 'slow', search: 'swap' }),
  scene('activity-failed', { activity: 'dead' }),
]
