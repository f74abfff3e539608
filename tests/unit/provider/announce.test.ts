import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { announce, type ProviderInfo } from '@/lib/provider/announce'
import { createProvider, type Provider } from '@/lib/provider/createProvider'
import { defaultEvent, defaultQuestion, offerEthereum } from '@/lib/provider/offerEthereum'

type Detail = { info: ProviderInfo; provider: Provider }

const provider = createProvider({ attached: () => true, post: () => undefined, onMessage: () => undefined })
let page: EventTarget & { ethereum?: unknown }
let heard: Detail[]

beforeEach(() => {
  page = new EventTarget()
  heard = []
  vi.stubGlobal('window', page)
  page.addEventListener('eip6963:announceProvider', (event) => {
    heard.push((event as CustomEvent<Detail>).detail)
  })
})

afterEach(() => vi.unstubAllGlobals())

test('behavior: announces by EIP-6963, at once and when asked, always the same', () => {
  announce(provider)
  page.dispatchEvent(new Event('eip6963:requestProvider'))
  expect(heard).toHaveLength(2)
  expect(heard[0]).toBe(heard[1])
  const [detail] = heard
  expect(detail?.provider).toBe(provider)
  expect(detail?.info).toMatchObject({ name: 'Latchkey', rdns: 'app.latchkey.wallet' })
  expect(detail?.info.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Object.isFrozen(detail)).toBe(true)
  expect(Object.isFrozen(detail?.info)).toBe(true)
})

test('behavior: each page load has an identifier of its own', () => {
  announce(provider)
  announce(provider)
  expect(heard[0]?.info.uuid).not.toBe(heard[1]?.info.uuid)
})

test('behavior: the icon is the mark, 96 px', async () => {
  announce(provider)
  const { readFile } = await import('node:fs/promises')
  const icon = decodeURIComponent((heard[0]?.info.icon ?? '').replace('data:image/svg+xml,', ''))
  const size = " width='96' height='96'"
  const mark = await readFile('lib/ui/mark.svg', 'utf8')
  expect(icon).toContain(size)
  expect(icon.replace(size, '')).toBe(mark.trim().replaceAll('"', "'"))
})

test('behavior: window.ethereum is set when free, and can be replaced', () => {
  offerEthereum(provider)
  expect(page.ethereum).toBe(provider)
  page.ethereum = 'another'
  expect(page.ethereum).toBe('another')
})

test('behavior: as the default it takes window.ethereum, whichever script comes first, and keeps it without an error', () => {
  page.ethereum = 'another'
  offerEthereum(provider)
  expect(page.ethereum).toBe('another')
  page.dispatchEvent(new Event(defaultEvent))
  expect(page.ethereum).toBe(provider)
  page.ethereum = 'another'
  expect(page.ethereum).toBe(provider)
  expect(Object.getOwnPropertyDescriptor(page, 'ethereum')).toMatchObject({ configurable: true })
})

test('behavior: as the default it takes window.ethereum at once when it is asked first', () => {
  page.addEventListener(defaultQuestion, (event) => event.preventDefault())
  page.ethereum = 'another'
  offerEthereum(provider)
  expect(page.ethereum).toBe(provider)
})

test('error: a wallet that locked window.ethereum keeps it', () => {
  Object.defineProperty(page, 'ethereum', { value: 'another' })
  offerEthereum(provider)
  page.dispatchEvent(new Event(defaultEvent))
  expect(page.ethereum).toBe('another')
})

test('behavior: another wallet at window.ethereum stays', () => {
  page.ethereum = 'another'
  offerEthereum(provider)
  expect(page.ethereum).toBe('another')
})
