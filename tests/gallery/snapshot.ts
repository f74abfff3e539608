import { encodeFunctionData, getAddress, parseAbi, parseEther, type Address, type Hex } from 'viem'
import type { ActivityView, SessionView, Snapshot } from '@/lib/messaging/views'
import { noGuards } from '@/lib/policy/guards'
import { unlimited, type SessionSpec } from '@/lib/policy/spec'
import { totalExposure } from '@/lib/policy/totalExposure'

export const owner = getAddress('0x7a0c3fd2e1b94456c0de8bd1a90f73ce5514d9b2')
export const shop = getAddress('0x51c2a9e40d7bb3a95b02c4a64fd0e1f84e0a3c77')
export const token = getAddress('0x2fe09c1bd9c35b3f8e3d0f3a21e74cf0ba9d1e55')
export const orchard = getAddress('0x8bd10bc0c1e5f3a6c5d84be01c0bf0da3a7e2210')
export const friend = getAddress('0xe4f20c5a3ba0d1937b8f46a1e5a9fc10dd5be0b1')
export const site = 'https://orchard.example'
export const chainId = 31337
/** Unix seconds. */
export const now = Math.floor(Date.now() / 1000)
export const day = 86_400

const abi = parseAbi(['function transfer(address to, uint256 amount)', 'function plant(uint256 plot)'])
export const functions = { [`${orchard.toLowerCase()}:0xc383e22b`]: 'plant(uint256 plot)' }

export const word = (value: bigint | Address): Hex => `0x${BigInt(value).toString(16).padStart(64, '0')}`
export const id = (digit: string): Hex => `0x${digit.repeat(64)}`

export const transferCall = (to: Address, amount: bigint) => ({
  to: token,
  value: 0n,
  data: encodeFunctionData({ abi, functionName: 'transfer', args: [to, amount] }),
})
export const plantCall = (plot: bigint) => ({
  to: orchard,
  value: 0n,
  data: encodeFunctionData({ abi, functionName: 'plant', args: [plot] }),
})

/** The session that the demo dapp asks for. */
export const spec: SessionSpec = {
  signer: '0x4444444444444444444444444444444444444444',
  expiresAt: now + day - 7_000,
  feeLimit: { limitType: 'Lifetime', limit: parseEther('0.001'), period: 0 },
  paymaster: { mode: 'None' },
  transferPolicies: [
    {
      target: friend,
      maxValuePerUse: parseEther('0.002'),
      valueLimit: { limitType: 'Lifetime', limit: parseEther('0.01'), period: 0 },
      useLimit: { limitType: 'Lifetime', limit: 5n, period: 0 },
    },
  ],
  callPolicies: [
    {
      target: token,
      selector: '0xa9059cbb',
      maxValuePerUse: 0n,
      valueLimit: unlimited,
      useLimit: unlimited,
      constraints: [
        { condition: 'Equal', index: 0, refValue: word(shop), limit: unlimited },
        {
          condition: 'LessOrEqual',
          index: 1,
          refValue: word(parseEther('2')),
          limit: { limitType: 'Allowance', limit: parseEther('10'), period: day },
        },
      ],
    },
    {
      target: orchard,
      selector: '0xc383e22b',
      maxValuePerUse: 0n,
      valueLimit: unlimited,
      useLimit: { limitType: 'Allowance', limit: 20n, period: 3600 },
      constraints: [{ condition: 'Less', index: 0, refValue: word(36n), limit: unlimited }],
    },
  ],
}

export const session: SessionView = {
  id: id('a'),
  origin: site,
  metadata: { name: 'Orchard' },
  account: owner,
  chainId,
  spec,
  status: 'active',
  usage: {
    fee: { used: parseEther('0.00021'), period: 0 },
    '0.value': { used: parseEther('0.002'), period: 0 },
    '0.uses': { used: 1n, period: 0 },
    '1.argument.1': { used: parseEther('9.2'), period: Math.floor(now / day) },
    '2.uses': { used: 3n, period: Math.floor(now / 3600) },
  },
  createdAt: (now - 3_000) * 1000,
  ephemeral: false,
  keyHeld: true,
  functions,
}

const activity: ActivityView[] = [
  {
    id: '0',
    at: (now - 5) * 1000,
    origin: site,
    account: owner,
    chainId,
    signedBy: 'passkey',
    purpose: 'message',
    excerpt: 'Login at orchard.example',
    calls: [],
    status: 'final',
  },
  {
    id: '1',
    at: (now - 20) * 1000,
    origin: site,
    account: owner,
    chainId,
    signedBy: 'session',
    sessionId: session.id,
    purpose: 'calls',
    calls: [plantCall(7n), plantCall(8n), plantCall(9n)],
    status: 'sent',
  },
  {
    id: '2',
    at: (now - 400) * 1000,
    origin: site,
    account: owner,
    chainId,
    signedBy: 'session',
    sessionId: session.id,
    purpose: 'calls',
    calls: [transferCall(shop, parseEther('1.5'))],
    status: 'final',
    transactionHash: id('7'),
    gasUsed: 104_300n,
  },
  {
    id: '3',
    at: (now - 90_000) * 1000,
    origin: 'https://a-very-long-subdomain-name.of-some-unreasonably-named-exchange.example',
    account: owner,
    chainId,
    signedBy: 'passkey',
    purpose: 'calls',
    calls: [{ to: friend, value: 123_456_789_012_345_678_901_234n, data: '0x' }],
    status: 'failed',
    transactionHash: id('9'),
    error: 'The call reverted: ERC20InsufficientBalance. The fee was still charged.',
  },
  {
    id: '4',
    at: (now - 3_000) * 1000,
    origin: site,
    account: owner,
    chainId,
    signedBy: 'passkey',
    purpose: 'create-session',
    calls: [],
    status: 'final',
    transactionHash: id('5'),
  },
]

/** What sessions of the gallery's account can still take. */
export const exposureOf = (...sessions: SessionView[]): Snapshot['exposure'] => [
  {
    account: owner.toLowerCase() as Address,
    ...totalExposure(sessions.map((one) => ({ ...one, now }))),
  },
]

export const empty: Snapshot = {
  accounts: [],
  networks: [
    {
      chainId,
      name: 'Latchkey Local',
      kind: 'latchkey',
      rpcUrl: 'http://127.0.0.1:8545',
      bundlerUrl: 'http://127.0.0.1:8546',
      currency: { symbol: 'ETH', decimals: 18 },
      builtIn: true,
    },
  ],
  connections: [],
  sessions: [],
  exposure: [],
  approvals: [],
  ended: [],
  activity: [],
  tokens: [{ chainId, address: token, symbol: 'DEMO', decimals: 18, name: 'Demo token' }],
  watchedTokens: [],
  settings: {
    idleMinutes: 480,
    guards: noGuards,
    isDefaultWallet: false,
    theme: 'system',
    notices: { signed: true, sessions: true },
  },
  clockSkew: { [chainId]: 0 },
}

export const fresh: Snapshot = {
  ...empty,
  accounts: [
    {
      id: owner.toLowerCase(),
      address: owner,
      name: 'Account 1',
      kind: 'latchkey',
      passkeys: [
        {
          credentialId: '0x01',
          createdAt: now * 1000,
          prf: true,
          backupEligible: true,
          ownerOn: [],
          removedOn: [],
          first: true,
          opens: 0,
        },
      ],
      deployedOn: [],
      locked: false,
      partlyLocked: false,
    },
  ],
}

export const busy: Snapshot = {
  ...fresh,
  networks: [
    ...fresh.networks,
    {
      chainId: 8453,
      name: 'Base with an unusually long name',
      kind: 'latchkey',
      rpcUrl: 'https://mainnet.base.example/v1/9f8c7a0b5d6e4f1a2b3c4d5e6f708192/very/long/path',
      bundlerUrl: 'https://bundler.example/base',
      paymasterUrl: 'https://paymaster.example/base',
      currency: { symbol: 'ETH', decimals: 18 },
      explorerUrl: 'https://explorer.example',
      builtIn: false,
    },
  ],
  connections: [
    { origin: site, account: owner, chainId, metadata: { name: 'Orchard' }, connectedAt: now * 1000 },
    {
      origin: 'http://xn--rchard-bta.example:8080',
      account: owner,
      chainId,
      metadata: {},
      connectedAt: now * 1000,
    },
  ],
  sessions: [session],
  exposure: exposureOf(session),
  activity,
}

const [account] = busy.accounts

/** One passkey, on one device. */
export const fragile: Snapshot = {
  ...fresh,
  accounts: fresh.accounts.map((one) => ({
    ...one,
    passkeys: one.passkeys.map((passkey) => ({ ...passkey, prf: false, backupEligible: false })),
  })),
}

/** Several passkeys in every state, and the user's own limits. */
export const guarded: Snapshot = {
  ...busy,
  accounts:
    account === undefined
      ? []
      : [
          {
            ...account,
            deployedOn: [chainId, 8453],
            passkeys: [
              {
                credentialId: '0x01',
                createdAt: (now - 9 * day) * 1000,
                prf: true,
                backupEligible: true,
                ownerOn: [8453],
                removedOn: [chainId],
                first: true,
                opens: 0,
              },
              {
                credentialId: '0x02',
                createdAt: (now - 3 * day) * 1000,
                prf: true,
                backupEligible: false,
                ownerOn: [chainId],
                removedOn: [],
                first: false,
                opens: 2,
              },
              {
                credentialId: '0x03',
                createdAt: (now - 60) * 1000,
                prf: null,
                backupEligible: true,
                ownerOn: [chainId, 8453],
                removedOn: [],
                first: false,
                opens: 0,
              },
            ],
          },
        ],
  sessions: [{ ...session, status: 'paused', pausedByGuard: true }],
  settings: {
    isDefaultWallet: false,
    theme: 'system',
    notices: { signed: true, sessions: true },
    idleMinutes: 15,
    guards: {
      perMinute: 5,
      daily: [
        { chainId, asset: token.toLowerCase() as Address, limit: parseEther('20') },
        { chainId, asset: 'native', limit: parseEther('0.05') },
      ],
      pauseAfterRefusals: true,
    },
  },
}
