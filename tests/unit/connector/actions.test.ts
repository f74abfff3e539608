import { createWalletClient, custom } from 'viem'
import { mainnet } from 'viem/chains'
import { afterEach, expect, test, vi } from 'vitest'
import { canAutoSign, getSessions, grantSession, revokeSession } from '@/lib/connector/actions'
import { installFakeWallet } from './fakeWallet'

afterEach(() => vi.unstubAllGlobals())

const session = { id: '0x01', status: 'active', spec: {}, remaining: {} }

function setUp() {
  const { provider, requests } = installFakeWallet({
    wallet_getSessions: () => [session],
    wallet_revokeSession: () => ({ ...session, status: 'closed' }),
    wallet_canAutoSign: () => ({ autoSign: false, reason: 'frame' }),
    wallet_connect: () => ({ accounts: [{ address: '0x', capabilities: { sessions: [session] } }] }),
  })
  return { client: createWalletClient({ chain: mainnet, transport: custom(provider) }), requests }
}

test('behavior: getSessions', async () => {
  const { client } = setUp()
  expect(await getSessions(client)).toEqual([session])
})

test('behavior: revokeSession', async () => {
  const { client, requests } = setUp()
  expect(await revokeSession(client, { id: '0x01' })).toMatchObject({ status: 'closed' })
  expect(requests).toEqual([{ method: 'wallet_revokeSession', params: [{ id: '0x01' }] }])
})

test('behavior: grantSession asks by wallet_connect, for the chain of the client', async () => {
  const { client, requests } = setUp()
  const transfers = [{ to: '0x1111111111111111111111111111111111111111', valueLimit: 1n }] as const
  expect(await grantSession(client, { transfers })).toEqual([session])
  expect(requests[0]?.params).toEqual([
    {
      version: '1',
      chainIds: ['0x1'],
      capabilities: { sessions: { transfers: [{ to: transfers[0].to, valueLimit: '0x1' }] } },
    },
  ])
})

test('behavior: canAutoSign asks for the chain of the client, amounts as hex', async () => {
  const { client, requests } = setUp()
  const to = '0x1111111111111111111111111111111111111111'
  const calls = [
    { to, value: 26n },
    { to, data: '0x01' },
  ] as const
  expect(await canAutoSign(client, { calls })).toEqual({ autoSign: false, reason: 'frame' })
  const asked = [
    { to, value: '0x1a' },
    { to, data: '0x01' },
  ]
  expect(requests[0]?.params).toEqual([{ chainId: '0x1', calls: asked }])
})
