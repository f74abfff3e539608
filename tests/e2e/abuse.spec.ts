import { pressButton } from '../../demo/browser/pressButton.mjs'
import { openDapp } from './dapp'
import { expect, test, type Wallet } from './fixtures'

const windows = (wallet: Wallet) =>
  wallet.context.pages().filter((page) => page.url().includes('popup.html#/approve/'))

type Call = { readonly method: string; readonly params?: unknown }
type PageProvider = { request(call: unknown): Promise<unknown>; isLatchkey?: boolean }

test('error: a flood of requests opens one window, is answered to the last one, and keeps nobody else waiting', async ({
  wallet,
  site,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const other = await openDapp(wallet, site.otherUrl)
  const flood = dapp.page.evaluate(async () => {
    const page = window as unknown as { latchkeyRun: PageProvider; unanswered: number }
    const calls: Call[] = [
      { method: 'eth_requestAccounts' },
      { method: 'eth_accounts' },
      { method: 'eth_blockNumber' },
      { method: 'wallet_requestPermissions', params: [{ eth_accounts: {} }] },
      { method: 'no_such_method' },
    ]
    page.unanswered = 2000
    const counts: Record<string, number> = {}
    const count = (code: string | number) => {
      counts[code] = (counts[code] ?? 0) + 1
      page.unanswered -= 1
    }
    const all = Array.from({ length: 2000 }, (_, index) =>
      page.latchkeyRun.request(calls[index % calls.length]).then(
        () => count('answered'),
        ({ code }: { code: number }) => count(code),
      ),
    )
    await Promise.all(all)
    return counts
  })
  const approval = await wallet.approval()
  // The flood is under way and its approval is open: the other site is served, one read after the other.
  for (let read = 0; read < 10; read++) expect(await other.request('eth_chainId')).toBe('0x7a69')
  expect(await other.request('eth_blockNumber')).toMatch(/^0x/)
  const unanswered = () => dapp.page.evaluate(() => (window as unknown as { unanswered: number }).unanswered)
  // Those that joined the one approval are all that is left open.
  await expect.poll(unanswered, { timeout: 30_000 }).toBeLessThanOrEqual(32)
  expect(windows(wallet)).toHaveLength(1)
  await approval.close()
  const counts = await flood
  expect(Object.keys(counts).sort()).toEqual(['-32002', '-32005', '4001', '4200', 'answered'])
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(2000)
  expect(windows(wallet)).toHaveLength(0)
})

test('error: parameters that are huge, deep, cyclic or booby-trapped are -32602, and the wallet goes on', async ({
  wallet,
  site,
}) => {
  const dapp = await openDapp(wallet, site.url)
  const codes = await dapp.page.evaluate(async () => {
    const { latchkeyRun } = window as unknown as { latchkeyRun: PageProvider }
    const deep = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown[]
    const cyclic: unknown[] = []
    cyclic.push(cyclic)
    const trap = (thrown: unknown) => ({
      get member() {
        throw thrown
      },
    })
    const unreadable = {
      get message(): string {
        throw new Error('not even this')
      },
    }
    const proxy = new Proxy([], {
      get() {
        throw new Error('trapped')
      },
    })
    const bad: unknown[] = [
      ['x'.repeat(10_000_000)],
      Array.from({ length: 600_000 }, () => 1),
      deep(10_000),
      deep(66),
      cyclic,
      [trap(null)],
      [trap(unreadable)],
      [1n],
      proxy,
      'text',
    ]
    const ask = (call: unknown) =>
      latchkeyRun.request(call).then(
        () => 'answered',
        (error: { code?: number }) => error.code,
      )
    const params = await Promise.all(bad.map((params) => ask({ method: 'eth_call', params })))
    const methods = await Promise.all(['x'.repeat(10_000_000), '', 7, null].map((method) => ask({ method })))
    return [...params, ...methods]
  })
  expect(codes).toEqual(codes.map(() => -32602))
  expect(await dapp.request('eth_chainId')).toBe('0x7a69')
})

test('error: a page that changes every prototype, forges replies and listens everywhere gets nothing, and breaks no request', async ({
  wallet,
  site,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const outcome = await dapp.page.evaluate(async () => {
    const { latchkeyRun } = window as unknown as { latchkeyRun: PageProvider }
    const stolen: unknown[] = []
    const ports = new Set<unknown>()
    const { apply, defineProperty } = Reflect
    const restore: (() => void)[] = []
    const change = (target: object, name: string, value: unknown) => {
      const before = Object.getOwnPropertyDescriptor(target, name)
      restore.push(() =>
        before ? defineProperty(target, name, before) : Reflect.deleteProperty(target, name),
      )
      defineProperty(target, name, { value, configurable: true, writable: true })
    }
    const post = MessagePort.prototype.postMessage
    const forged = { id: 1, result: ['0x000000000000000000000000000000000000dEaD'] }
    const { port1, port2 } = new MessageChannel()
    try {
      for (const [target, name] of [
        [MessagePort.prototype, 'postMessage'],
        [Map.prototype, 'get'],
        [Map.prototype, 'set'],
        [Map.prototype, 'delete'],
        [Map.prototype, 'forEach'],
        [JSON, 'stringify'],
        [Object, 'freeze'],
        [Object, 'hasOwn'],
      ] as const)
        change(target, name, (...args: unknown[]) => void stolen.push(args))
      const listen = EventTarget.prototype.addEventListener
      change(EventTarget.prototype, 'addEventListener', function (this: EventTarget, ...args: unknown[]) {
        ports.add(this)
        return apply(listen, this, args)
      })
      change(Object.prototype, 'error', { code: 1, message: 'forged' })
      change(Object.prototype, 'result', ['0xdead'])
      change(Object.prototype, 'event', 'accountsChanged')
      const asking = latchkeyRun.request({ method: 'eth_accounts' })
      window.postMessage(forged, '*')
      window.dispatchEvent(new MessageEvent('message', { data: forged }))
      window.dispatchEvent(new MessageEvent('latchkey:relay-port', { ports: [port2], cancelable: true }))
      window.dispatchEvent(new Event('latchkey:relay-ready'))
      apply(post, port1, [forged])
      const accounts = await asking
      const chain = await latchkeyRun.request({ method: 'eth_chainId' })
      const heard = [...ports].filter((target) => target instanceof MessagePort).length
      return { accounts, chain, stolen: stolen.length, heard, isFrozen: Object.isFrozen(latchkeyRun) }
    } finally {
      for (const undo of restore) undo()
    }
  })
  expect(outcome).toEqual({ accounts: [], chain: '0x7a69', stolen: 0, heard: 0, isFrozen: true })
})

test('error: one page does not get the answers of another, nor an account by a message of its own', async ({
  wallet,
  site,
}) => {
  const account = await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts')
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Connect', exact: true }))
  expect(await connecting).toEqual([account])
  const page = await wallet.context.newPage()
  await page.goto(`${site.otherUrl}?frame=${encodeURIComponent(site.url)}`)
  const heard = await page.evaluate(async (origin) => {
    const messages: unknown[] = []
    window.addEventListener('message', ({ data }) => messages.push(data))
    const provider = (window as unknown as { ethereum: PageProvider }).ethereum
    const claim = { method: 'eth_accounts', params: [], origin, sender: { origin } }
    const own = await provider.request(claim)
    return { messages, own }
  }, new URL(site.url).origin)
  expect(heard).toEqual({ messages: [], own: [] })
})

test('behavior: a script that announces itself under this wallet’s name harms only those who take it', async ({
  wallet,
  site,
}) => {
  const dapp = await openDapp(wallet, site.url)
  const outcome = await dapp.page.evaluate(async () => {
    type Detail = { info: { name: string }; provider: PageProvider }
    const own = (window as unknown as { latchkeyRun: PageProvider }).latchkeyRun
    const info = { uuid: crypto.randomUUID(), name: 'Latchkey', rdns: 'app.latchkey.wallet', icon: 'data:,' }
    const asked: unknown[] = []
    const impostor = { request: async (call: unknown) => ({ stolen: asked.push(call) }) }
    const detail = Object.freeze({ info, provider: impostor })
    const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }))
    window.addEventListener('eip6963:requestProvider', announce)
    const seen: Detail[] = []
    window.addEventListener('eip6963:announceProvider', (event) => {
      const { detail: one } = event as CustomEvent<Detail>
      seen.push(one)
      // Nothing of what another wallet announced can be changed.
      for (const change of [() => (one.provider = own), () => (one.info.name = 'x')])
        try {
          change()
        } catch {
          // Strict code is told that it may not.
        }
    })
    window.dispatchEvent(new Event('eip6963:requestProvider'))
    const chain = await own.request({ method: 'eth_chainId' })
    const real = seen.find(({ provider }) => provider === own)
    return { chain, asked, name: real?.info.name, count: seen.length }
  })
  expect(outcome).toEqual({ chain: '0x7a69', asked: [], name: 'Latchkey', count: 2 })
})
