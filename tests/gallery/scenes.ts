import { parseEther } from 'viem'
import type { Surface } from '@/entrypoints/popup/surface'
import type { SuggestionView } from '@/lib/messaging/suggestionView'
import type { EndedApprovalView } from '@/lib/messaging/endedApprovalView'
import type {
  ActivityView,
  ApprovalPhase,
  ApprovalRequest,
  ApprovalView,
  FeeView,
  Snapshot,
  SuccessorKind,
  TransactionRequest,
} from '@/lib/messaging/views'
import { unlimited, type SessionSpec } from '@/lib/policy/spec'
import {
  busy,
  chainId,
  day,
  empty,
  fragile,
  fresh,
  friend,
  functions,
  guarded,
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
import { activityScenes } from '@/tests/gallery/activity'
import { calls } from '@/tests/gallery/calls'
import { signing } from '@/tests/gallery/signing'
import { suggestions } from '@/tests/gallery/suggestions'
import { approving, cleanUps } from '@/tests/gallery/cleanUp'
import { homeScenes } from '@/tests/gallery/home'
import { sendScenes } from '@/tests/gallery/send'
import { tokenScenes } from '@/tests/gallery/tokens'

/** A page in a state. */
export type Scene = {
  readonly name: string
  readonly hash: string
  readonly snapshot: Snapshot
  /** Begin of the name of a button that is clicked first. */
  readonly click?: string
  /** What is typed into the search. */
  readonly search?: string
  /** What was signed, where it is not the snapshot's; see `walletWith`. */
  readonly activity?: readonly ActivityView[] | 'slow' | 'dead'
  /** Where the page is shown, when it is not a window. */
  readonly surface?: Surface
  /** The session that is suggested for calls. */
  readonly suggestion?: SuggestionView
  /** What is typed into fields before, by their labels. */
  readonly type?: Readonly<Record<string, string>>
}

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

/** The end of an approval, and what the chain made of its operation. */
function over(
  name: string,
  end: Pick<EndedApprovalView, 'kind' | 'outcome'> & Partial<EndedApprovalView>,
  entry: Partial<ActivityView> | undefined,
): Scene {
  const ended = [{ id: 'x', origin: site, chainId, operationId: 'own', ...end }]
  const [first] = busy.activity
  const activity =
    entry === undefined || first === undefined ? [] : [{ ...first, id: 'own', ...entry } as ActivityView]
  return { name, hash: '#/approve/x', snapshot: { ...busy, approvals: [], ended, activity } }
}

const reverted = { status: 'failed', error: 'SessionAlreadyExists()', transactionHash: id('7') } as const
const refusedByBundler = 'The bundler refused the transaction: AA21 didn’t pay prefund'

const sponsorSays = 'Nobody sponsors this transaction. The sponsor refused: the monthly budget is used up.'

const sessionRequest = (changed: Partial<SessionSpec> = {}): ApprovalRequest => ({
  kind: 'session',
  spec: { ...spec, ...changed },
  connects: true,
  functions,
  ephemeral: false,
})
const overLimit: TransactionRequest = {
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
const narrowedRequest: ApprovalRequest = {
  ...sessionRequest({
    expiresAt: now + 3_600,
    transferPolicies: [],
    callPolicies: spec.callPolicies.map((policy) => ({
      ...policy,
      constraints: policy.constraints.map((constraint) =>
        constraint.limit.limitType === 'Allowance'
          ? { ...constraint, limit: { ...constraint.limit, limit: parseEther('4') } }
          : constraint,
      ),
    })),
  }),
  asked: spec,
} as ApprovalRequest
const thief = '0x9999999999999999999999999999999999999999'
const unusualRequest = sessionRequest({
  expiresAt: now + 40 * day,
  feeLimit: { limitType: 'Lifetime', limit: parseEther('0.5'), period: 0 },
  transferPolicies: spec.transferPolicies.map((policy) => ({ ...policy, target: thief })),
})
const raised: SessionSpec = {
  ...spec,
  callPolicies: spec.callPolicies.map((policy) => ({
    ...policy,
    constraints: policy.constraints.map((constraint) =>
      constraint.limit.limitType === 'Allowance'
        ? { ...constraint, limit: { ...constraint.limit, limit: parseEther('10.7') } }
        : constraint,
    ),
  })),
}
const widenable: TransactionRequest = {
  ...overLimit,
  widening: { how: 'widen', of: session.id, spec: raised },
}
const ended: TransactionRequest = {
  ...overLimit,
  refusal: { rule: 'SessionExpired', expiresAt: now - 900, timestamp: now },
  widening: { how: 'renew', of: session.id, spec: { ...spec, expiresAt: now + day } },
}
const obstacle: TransactionRequest = {
  ...overLimit,
  refusal: { rule: 'TargetBanned', call: 0, target: owner },
  widening: { how: null, obstacle: 'banned' },
}
const follows = (changed: SessionSpec, how: SuccessorKind): ApprovalRequest => ({
  kind: 'session',
  spec: { ...changed, signer: '0x5555555555555555555555555555555555555555' },
  connects: false,
  functions,
  ephemeral: false,
  successor: { of: session.id, how },
  replacesIds: how === 'add' ? [] : [session.id],
  ...(how !== 'renew' && { instead: widenable }),
})
const widened = follows(
  {
    ...raised,
    transferPolicies: [
      {
        target: shop,
        maxValuePerUse: parseEther('0.1'),
        valueLimit: { limitType: 'Allowance', limit: parseEther('0.1'), period: day },
        useLimit: unlimited,
      },
      ...raised.transferPolicies,
    ],
  },
  'widen',
)
const renewed = follows({ ...spec, expiresAt: now + day }, 'renew')
const beside = follows({ ...spec, transferPolicies: [], callPolicies: spec.callPolicies.slice(0, 1) }, 'add')
const frame = {
  origin: 'http://xn--rchard-bta.example:8080',
  topOrigin: 'https://news.example',
  metadata: {
    name: 'A name that a site chose and that goes on and on until it must be cut somewhere, surely',
  },
}

const spareKey = {
  credentialId: '0x9f3ac2d10b77',
  x: id('1'),
  y: id('2'),
  origin: 'chrome-extension://x',
  backupEligible: false,
  createdAt: (now - 60) * 1000,
} as const
const own0 = { origin: null, metadata: {} }
const signingScenes = signing.map(({ name, request }) => approve(name, request, ready(null)))

const suggestionScenes = suggestions(widenable).map(({ name, request, fee, ...more }): Scene => ({
  ...approve(name, request, ready(fee === 'own' ? own : sponsored)),
  ...more,
}))
const callScenes = calls.map(({ name, request, state, change }) =>
  approve(name, request, state ?? ready(own), change),
)

/** Every state that a page can show. */
export const scenes: readonly Scene[] = [
  { name: 'welcome', hash: '#/welcome', snapshot: empty },
  ...['welcome-again', 'welcome-restored', 'welcome-none', 'welcome-removed'].map((name) => ({
    name,
    hash: '#/welcome',
    snapshot: empty,
    click: 'Use an existing passkey',
  })),
  { name: 'welcome-ready', hash: '#/welcome', snapshot: fresh },
  { name: 'home-fresh', hash: '#/', snapshot: fresh },
  { name: 'home', hash: '#/', snapshot: busy },
  ...homeScenes,
  ...tokenScenes,
  ...sendScenes,
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
  {
    name: 'sessions-chains',
    hash: '#/sessions',
    snapshot: {
      ...busy,
      approvals: approve('', { kind: 'revoke', sessionIds: [id('c')] }, ready(own)).snapshot.approvals,
      sessions: [
        session,
        { ...session, id: id('b'), usage: {} },
        { ...session, id: id('8'), origin: 'https://swap.example', metadata: {}, chainId: 8453 },
        { ...session, id: id('c'), status: 'closing', keyHeld: false },
        { ...session, id: id('9'), status: 'closing', keyHeld: false, chainId: 8453 },
        { ...session, id: id('d'), status: 'closed', keyHeld: false, endedAt: (now - 4000) * 1000 },
      ],
    },
  },
  {
    name: 'sessions-approving',
    hash: '#/sessions',
    snapshot: { ...busy, sessions: [approving] },
  },
  { name: 'sessions-empty', hash: '#/sessions', snapshot: fresh },
  ...activityScenes,
  {
    name: 'networks',
    hash: '#/networks?name=Stack&rpcUrl=http%3A%2F%2F127.0.0.1%3A9545&bundlerUrl=http%3A%2F%2F127.0.0.1%3A9546',
    snapshot: busy,
  },
  { name: 'panel-empty', hash: '#/', snapshot: empty, surface: 'panel' },
  { name: 'settings', hash: '#/settings', snapshot: busy },
  { name: 'settings-fresh', hash: '#/settings', snapshot: fragile },
  { name: 'settings-guarded', hash: '#/settings', snapshot: guarded },
  { name: 'welcome-fragile', hash: '#/welcome', snapshot: fragile },
  approve('connect', { kind: 'connect' }, ready(null)),
  approve('connect-frame', { kind: 'connect' }, ready(null), frame),
  approve('connect-alike', { kind: 'connect' }, ready(null), {
    origin: 'https://0rchard.example',
    topOrigin: 'https://xn--rchard-wqf.example',
  }),
  approve('connect-no-account', { kind: 'connect' }, { phase: 'no-account' }, { account: null }),
  approve('session', sessionRequest(), ready(sponsored)),
  approve('session-narrowed', narrowedRequest, ready(sponsored)),
  { ...approve('session-limits', narrowedRequest, ready(sponsored)), click: 'Change limits' },
  { ...approve('session-limits-open', sessionRequest(open), ready(own)), click: 'Change limits' },
  approve('session-unusual', unusualRequest, ready(own)),
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
  approve('transaction-widen', widenable, ready(sponsored)),
  approve('transaction-ended', ended, ready(own)),
  approve(
    'transaction-unsponsored',
    { ...overLimit, refusal: null, unpaid: { reason: 'sponsor-refused', message: sponsorSays } },
    ready(own),
  ),
  approve(
    'transaction-unpaid',
    {
      ...overLimit,
      refusal: null,
      unpaid: { reason: 'needs-funds', balance: 1_000_000_000n, required: own.required },
    },
    { phase: 'needs-funds', fee: { ...own, balance: 1_000_000_000n }, address: owner },
  ),
  approve('transaction-obstacle', obstacle, ready(own)),
  approve('widen', widened, ready(own)),
  approve('renew', renewed, ready(own), { metadata: {} }),
  approve('widen-beside', beside, ready(own)),
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
  ...suggestionScenes,
  approve('revoke', { kind: 'revoke', sessionIds: [session.id] }, ready(own), { origin: null, metadata: {} }),
  ...Object.entries(cleanUps).map(([name, request]) =>
    approve(name, request, ready(own), { origin: null, metadata: {} }),
  ),
  approve(
    'guarded-minute',
    { ...overLimit, refusal: { rule: 'GuardPerMinute', cap: 5, signed: 5, waitSeconds: 40 } },
    ready(sponsored),
  ),
  approve(
    'guarded-day',
    {
      ...overLimit,
      refusal: {
        rule: 'GuardDailyCeiling',
        call: 0,
        asset: token,
        limit: parseEther('20'),
        used: parseEther('19'),
        amount: parseEther('1.5'),
        resetsAt: (Math.floor(now / day) + 1) * day,
      },
    },
    ready(sponsored),
  ),
  approve('add-passkey', { kind: 'add-passkey', passkey: spareKey }, ready(sponsored), own0),
  approve(
    'remove-passkey',
    { kind: 'remove-passkey', passkey: { ...spareKey, backupEligible: true }, sessionIds: [session.id] },
    ready(sponsored),
    own0,
  ),
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
  ...callScenes,
  ...signingScenes,
  approve('sending', overLimit, { phase: 'sending', userOpHash: id('4') }),
  over('done', { kind: 'session', outcome: 'approved' }, { status: 'final', transactionHash: id('7') }),
  over('failed-session', { kind: 'session', outcome: 'failed' }, reverted),
  over('failed-revoke', { kind: 'revoke', outcome: 'failed', origin: null }, reverted),
  over('failed-refused', { kind: 'transaction', outcome: 'failed', message: refusedByBundler }, undefined),
  { name: 'gone', hash: '#/approve/none', snapshot: busy },
]
