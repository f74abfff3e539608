import { createConfig, createStorage, http, type CreateConnectorFn } from '@wagmi/core'
import { connect, disconnect, getConnection, reconnect, switchChain } from '@wagmi/core'
import { base, mainnet } from 'viem/chains'
import { afterEach, expect, test, vi } from 'vitest'
import { ssoConnector, zksyncAccountConnector, zksyncSsoConnector } from '@/lib/connector/index'
import type { SsoConnectorParameters } from '@/lib/connector/ssoConnector'
import { installFakeWallet, rpcError, type Answers } from './fakeWallet'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const account = '0x1111111111111111111111111111111111111111'
const session = { expiresAt: '1 day', transfers: [{ to: account, valueLimit: 10n }] } as const

function wallet(extra: Answers = {}, page?: EventTarget) {
  const state = { chainId: '0x1', accounts: [] as string[] }
  const fake = installFakeWallet(
    {
      eth_chainId: () => state.chainId,
      eth_accounts: () => state.accounts,
      eth_requestAccounts: (params) => {
        const [asked] = params as [{ chainId?: string }]
        state.chainId = asked.chainId ?? state.chainId
        return (state.accounts = [account])
      },
      wallet_switchEthereumChain: (params) => {
        state.chainId = (params as [{ chainId: string }])[0].chainId
        fake.emit('chainChanged', state.chainId)
        return null
      },
      wallet_revokePermissions: () => {
        state.accounts = []
        return null
      },
      ...extra,
    },
    undefined,
    page,
  )
  return { ...fake, state }
}

function configure(parameters: SsoConnectorParameters = {}) {
  const config = createConfig({
    chains: [mainnet, base],
    transports: { [mainnet.id]: http(), [base.id]: http() },
    connectors: [ssoConnector(parameters) satisfies CreateConnectorFn],
    storage: createStorage({ storage: memory() }),
    multiInjectedProviderDiscovery: false,
  })
  const [connector] = config.connectors
  if (connector === undefined) throw new Error('no connector')
  return { config, connector }
}

function memory() {
  const items = new Map<string, string>()
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}

test('behavior: connecting asks for accounts and a session in one request', async () => {
  const { requests } = wallet()
  const { config, connector } = configure({
    metadata: { name: 'Orchard' },
    session: async () => session,
    paymaster: { url: 'https://pay.example', context: { policy: 1n } },
  })
  const { accounts, chainId } = await connect(config, { connector })
  expect(accounts).toEqual([account])
  expect(chainId).toBe(1)
  expect(requests.filter(({ method }) => method === 'eth_requestAccounts')).toEqual([
    {
      method: 'eth_requestAccounts',
      params: [
        {
          metadata: { name: 'Orchard' },
          paymaster: { url: 'https://pay.example', context: { policy: '0x1' } },
          sessionPreferences: { expiresAt: '1 day', transfers: [{ to: account, valueLimit: '0xa' }] },
          chainId: '0x1',
        },
      ],
    },
  ])
  expect(getConnection(config)).toMatchObject({ status: 'connected', address: account })
})

test('param: chainId is the chain of the session', async () => {
  const { requests } = wallet()
  const { config, connector } = configure({ session })
  expect(await connect(config, { connector, chainId: base.id })).toMatchObject({ chainId: base.id })
  const asked = requests.find(({ method }) => method === 'eth_requestAccounts')
  expect(asked?.params).toMatchObject([{ chainId: '0x2105' }])
  expect(requests.some(({ method }) => method === 'wallet_switchEthereumChain')).toBe(false)
})

test('behavior: without a chain that the dapp knows, the session is for its first', async () => {
  const { requests, state } = wallet()
  state.chainId = '0x7a69'
  const { config, connector } = configure({ session })
  expect(await connect(config, { connector })).toMatchObject({ chainId: 1 })
  expect(requests.find(({ method }) => method === 'eth_requestAccounts')?.params).toMatchObject([
    { chainId: '0x1' },
  ])
})

test('behavior: without a session only accounts are asked for, then the chain is switched', async () => {
  const { requests } = wallet()
  const { config, connector } = configure({ metadata: {} })
  expect(await connect(config, { connector, chainId: base.id })).toMatchObject({ chainId: base.id })
  expect(requests.map(({ method }) => method)).toEqual([
    'eth_requestAccounts',
    'eth_accounts',
    'eth_chainId',
    'wallet_switchEthereumChain',
    'eth_chainId',
  ])
  expect(requests[0]?.params).toEqual([{ metadata: {} }])
})

test('error: without the wallet, after a second', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
  const { config, connector } = configure()
  const ended = vi.fn()
  const connecting = connect(config, { connector }).catch(ended)
  await vi.advanceTimersByTimeAsync(999)
  expect(ended).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  await connecting
  expect(ended).toHaveBeenCalledWith(
    expect.objectContaining({
      name: 'WalletNotInstalledError',
      installUrl: expect.stringMatching(/^https:/),
    }),
  )
  expect(await connector.isAuthorized()).toBe(false)
})

test('behavior: connecting waits for a wallet that the browser starts after the page', async () => {
  vi.useFakeTimers()
  const page = new EventTarget()
  vi.stubGlobal('window', page)
  const { config, connector } = configure()
  const connecting = connect(config, { connector })
  await vi.advanceTimersByTimeAsync(900)
  installFakeWallet({}, 'com.example.wallet', page)
  wallet({}, page)
  expect((await connecting).accounts).toEqual([account])
  // Nothing of the wait is left.
  expect(vi.getTimerCount()).toBe(0)
})

test('behavior: a page that was connected with Latchkey waits for it when it reconnects, another one does not', async () => {
  vi.useFakeTimers()
  const page = new EventTarget()
  vi.stubGlobal('window', page)
  const { config, connector } = configure()
  await reconnect(config, { connectors: [connector] })
  expect(getConnection(config).status).toBe('disconnected')
  await config.storage?.setItem('recentConnectorId', connector.id)
  const reconnecting = reconnect(config, { connectors: [connector] })
  await vi.advanceTimersByTimeAsync(500)
  wallet({ eth_accounts: () => [account] }, page)
  await reconnecting
  expect(getConnection(config).address).toBe(account)
})

test('error: another wallet is not taken for Latchkey', async () => {
  vi.useFakeTimers()
  installFakeWallet({}, 'com.example.wallet')
  const { config, connector } = configure()
  const ended = expect(connect(config, { connector })).rejects.toThrow('not installed')
  await vi.advanceTimersByTimeAsync(1000)
  await ended
})

test('error: the owner says no', async () => {
  wallet({
    eth_requestAccounts: () => {
      throw rpcError(4001)
    },
  })
  const { config, connector } = configure({ session })
  await expect(connect(config, { connector })).rejects.toMatchObject({
    name: 'UserRejectedRequestError',
    code: 4001,
  })
})

test("error: a wallet's refusal arrives as it is", async () => {
  wallet({
    eth_requestAccounts: () => {
      throw rpcError(-32602, 'transfers[0].to: must be an address')
    },
  })
  const { config, connector } = configure({ session })
  await expect(connect(config, { connector })).rejects.toMatchObject({
    code: -32602,
    message: 'transfers[0].to: must be an address',
  })
})

test('behavior: reconnects without a word to the user', async () => {
  const { requests, state } = wallet()
  state.accounts = [account]
  const { config, connector } = configure({ session })
  await reconnect(config, { connectors: [connector] })
  expect(getConnection(config).address).toBe(account)
  expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['eth_accounts', 'eth_chainId']))
})

test('error: a reconnect without an account ends', async () => {
  wallet()
  const { connector } = configure()
  await expect(connector.connect({ isReconnecting: true })).rejects.toMatchObject({ code: 4100 })
})

test('behavior: disconnecting revokes, and stops listening', async () => {
  const { requests, listeners } = wallet()
  const { config, connector } = configure()
  await connect(config, { connector })
  expect(listeners('accountsChanged')).toBe(1)
  await disconnect(config)
  expect(requests.at(-1)).toEqual({ method: 'wallet_revokePermissions', params: [{ eth_accounts: {} }] })
  expect(listeners('accountsChanged')).toBe(0)
  expect(getConnection(config).status).toBe('disconnected')
})

test('behavior: events of the wallet change the state of the dapp', async () => {
  const { emit } = wallet()
  const { config, connector } = configure()
  await connect(config, { connector })
  emit('chainChanged', '0x2105')
  expect(getConnection(config).chainId).toBe(base.id)
  emit('disconnect', rpcError(4900))
  expect(getConnection(config).status).toBe('disconnected')
  emit('connect', { chainId: '0x2105' })
  await vi.waitFor(() => expect(getConnection(config).status).toBe('connected'))
  emit('accountsChanged', [])
  expect(getConnection(config).status).toBe('disconnected')
})

test('behavior: an unknown chain is added, then switched to', async () => {
  let added = false
  const { requests, state } = wallet({
    wallet_switchEthereumChain: (params) => {
      if (!added) throw rpcError(4902)
      state.chainId = (params as [{ chainId: string }])[0].chainId
      return null
    },
    wallet_addEthereumChain: () => {
      added = true
      return null
    },
  })
  const { config, connector } = configure()
  await connect(config, { connector })
  await switchChain(config, { chainId: base.id, connector })
  expect(requests.find(({ method }) => method === 'wallet_addEthereumChain')?.params).toMatchObject([
    { chainId: '0x2105', chainName: 'Base', rpcUrls: ['https://mainnet.base.org'] },
  ])
  expect(getConnection(config).chainId).toBe(base.id)
})

test('param: authServerUrl is warned about, once', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  ssoConnector({ authServerUrl: 'https://auth.example' })
  ssoConnector({ authServerUrl: 'https://auth.example' })
  expect(warn).toHaveBeenCalledOnce()
})

test('misc: the names of the public SDK', () => {
  expect(zksyncSsoConnector).toBe(ssoConnector)
  expect(zksyncAccountConnector).toBe(ssoConnector)
})
