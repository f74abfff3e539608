import { parseEther } from 'viem'
import type { ApprovalPhase, ApprovalRequest, ApprovalView, FeeView, Snapshot } from '@/lib/messaging/views'
import { unlimited, type SessionSpec } from '@/lib/policy/spec'
import {
  busy,
  chainId,
  day,
  empty,
  fresh,
  friend,
  functions,
  id,
  now,
  owner,
  plantCall,
  session,
  shop,
  site,
  spec,
  token,
  transferCall,
} from '@/tests/gallery/snapshot'
import { signing } from '@/tests/gallery/signing'

/** A page in a state. */
export type Scene = { readonly name: string; readonly hash: string; readonly snapshot: Snapshot }

const own: FeeView = {
  payer: { kind: 'account' },
  maxFee: 123_456_789_012_345n,
  balance: parseEther('1.28435'),
  required: 123_456_789_012_345n,
}
const sponsored: FeeView = {
  ...own,
  payer: { kind: 'sponsor', by: 'dapp', name: 'Orchard', paymaster: friend },
}
const ready = (fee: FeeView | null): ApprovalPhase => ({ phase: 'ready', fee })

function approve(
  name: string,
  request: ApprovalRequest,
  state: ApprovalPhase,
  change: Partial<ApprovalView> = {},
): Scene {
  const approval: ApprovalView = {
    id: 'x',
    origin: site,
    metadata: { name: 'Orchard' },
    account: owner,
    chainId,
    request,
    state,
    createdAt: now * 1000,
    ...change,
  }
  const base = state.phase === 'no-account' ? empty : busy
  return { name, hash: '#/approve/x', snapshot: { ...base, approvals: [approval] } }
}

const sessionRequest = (changed: Partial<SessionSpec> = {}): ApprovalRequest => ({
  kind: 'session',
  spec: { ...spec, ...changed },
  connects: true,
  functions,
  ephemeral: false,
})
const overLimit: ApprovalRequest = {
  kind: 'transaction',
  calls: [transferCall(shop, parseEther('1.5'))],
  sessionId: session.id,
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
const open: Partial<SessionSpec> = {
  paymaster: { mode: 'Any' },
  callPolicies: [
    {
      target: token,
      selector: '0x095ea7b3',
      maxValuePerUse: 0n,
      valueLimit: unlimited,
      useLimit: unlimited,
      constraints: [],
    },
    {
      target: friend,
      selector: '0xac9650d8',
      maxValuePerUse: 0n,
      valueLimit: unlimited,
      useLimit: unlimited,
      constraints: [],
    },
  ],
}
const frame = {
  origin: 'http://xn--rchard-bta.example:8080',
  topOrigin: 'https://news.example',
  metadata: {
    name: 'A name that a site chose and that goes on and on until it must be cut somewhere, surely',
  },
}

const signingScenes = signing.map(({ name, request }) => approve(name, request, ready(null)))

/** Every state that a page can show. */
export const scenes: readonly Scene[] = [
  { name: 'welcome', hash: '#/welcome', snapshot: empty },
  { name: 'welcome-ready', hash: '#/welcome', snapshot: fresh },
  { name: 'home-fresh', hash: '#/', snapshot: fresh },
  { name: 'home', hash: '#/', snapshot: busy },
  {
    name: 'home-locked',
    hash: '#/',
    snapshot: {
      ...busy,
      accounts: busy.accounts.map((account) => ({ ...account, locked: true })),
      approvals: approve('', { kind: 'connect' }, ready(null)).snapshot.approvals,
    },
  },
  {
    name: 'sessions',
    hash: '#/sessions',
    snapshot: {
      ...busy,
      sessions: [
        session,
        {
          ...session,
          id: id('b'),
          origin: 'https://swap.example',
          metadata: {},
          status: 'paused',
          usage: {},
        },
        { ...session, id: id('c'), status: 'closing', keyHeld: false },
        { ...session, id: id('d'), status: 'closed', keyHeld: false },
        { ...session, id: id('e'), spec: { ...spec, expiresAt: now - 900 } },
        { ...session, id: id('f'), status: 'pending', ephemeral: true },
      ],
    },
  },
  { name: 'sessions-empty', hash: '#/sessions', snapshot: fresh },
  { name: 'activity', hash: '#/activity', snapshot: busy },
  { name: 'activity-empty', hash: '#/activity', snapshot: fresh },
  {
    name: 'networks',
    hash: '#/networks?name=Stack&rpcUrl=http%3A%2F%2F127.0.0.1%3A9545&bundlerUrl=http%3A%2F%2F127.0.0.1%3A9546',
    snapshot: busy,
  },
  { name: 'settings', hash: '#/settings', snapshot: busy },
  approve('connect', { kind: 'connect' }, ready(null)),
  approve('connect-frame', { kind: 'connect' }, ready(null), frame),
  approve('connect-no-account', { kind: 'connect' }, { phase: 'no-account' }, { account: null }),
  approve('session', sessionRequest(), ready(sponsored)),
  approve('session-preparing', sessionRequest(), { phase: 'preparing' }),
  approve('session-danger', sessionRequest(open), ready(own)),
  approve('session-ephemeral', { ...sessionRequest(), ephemeral: true } as ApprovalRequest, ready(own)),
  approve('session-funds', sessionRequest(), {
    phase: 'needs-funds',
    fee: { ...own, balance: 1_000_000_000n },
    address: owner,
  }),
  approve('session-error', sessionRequest(), {
    phase: 'error',
    canRetry: true,
    message: 'The bundler at http://127.0.0.1:8546 does not answer. Check that it runs, then try again.',
  }),
  approve('transaction-over', overLimit, ready(sponsored)),
  approve(
    'transaction-plain',
    {
      kind: 'transaction',
      calls: [
        { to: friend, value: parseEther('0.25'), data: '0x' },
        plantCall(4n),
        { to: friend, value: 0n, data: `0xdeadbeef${'00'.repeat(96)}` },
      ],
      refusal: null,
      sessionId: null,
    },
    ready(own),
  ),
  approve('revoke', { kind: 'revoke', sessionIds: [session.id] }, ready(own), { origin: null, metadata: {} }),
  approve('unlock', { kind: 'unlock', sessions: 3 }, ready(null)),
  approve(
    'network',
    {
      kind: 'network',
      network: {
        chainId: 8453,
        name: 'Base',
        rpcUrl: 'https://mainnet.base.example',
        currency: { symbol: 'ETH', decimals: 18 },
      },
    },
    ready(null),
  ),
  approve('switch', { kind: 'switch', from: chainId, to: 8453 }, ready(null)),
  ...signingScenes,
  approve('sending', overLimit, { phase: 'sending', userOpHash: id('4') }),
  approve('done', overLimit, { phase: 'done', transactionHash: id('7') }),
  { name: 'gone', hash: '#/approve/none', snapshot: busy },
]
