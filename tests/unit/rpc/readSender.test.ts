import { expect, test } from 'vitest'
import { isSameDocument, maySignSilently } from '@/lib/rpc/caller'
import { readPageMessage } from '@/lib/rpc/readPageMessage'
import { readSender } from '@/lib/rpc/readSender'

type Sender = Parameters<typeof readSender>[0]
const site = 'https://orchard.example'
// A tab has many more members than count here.
const sender = (change: object): Sender =>
  ({ origin: site, frameId: 0, documentId: 'D', tab: { id: 7, url: `${site}/x` }, ...change }) as Sender
const silent = (change: object) => {
  const from = readSender(sender(change))
  return from !== null && maySignSilently({ ...from, requestId: '1' })
}

test('behavior: the origin is the sender’s', () => {
  expect(readSender(sender({}))).toEqual({ origin: site, tabId: 7, frameId: 0, documentId: 'D' })
})

test.each(['null', 'file://', 'chrome-extension://abc', 'data:', undefined, ''])(
  'error: a document of origin %s is nobody',
  (opaque) => {
    expect(readSender(sender({ origin: opaque }))).toBeNull()
  },
)

test('error: a sender without a tab or a frame is nobody', () => {
  expect(readSender(undefined)).toBeNull()
  expect(readSender(sender({ tab: undefined }))).toBeNull()
  expect(readSender(sender({ frameId: undefined }))).toBeNull()
})

test('behavior: every sub-frame is known as one, with the origin around it', () => {
  expect(readSender(sender({ frameId: 3 }))).toMatchObject({ topOrigin: site })
  const foreign = { id: 7, url: 'https://evil.example/x' }
  expect(readSender(sender({ frameId: 3, tab: foreign }))).toMatchObject({
    topOrigin: foreign.url.slice(0, -2),
  })
})

test('behavior: a top document and a frame of its own site sign silently', () => {
  expect(silent({})).toBe(true)
  expect(silent({ frameId: 3 })).toBe(true)
})

test('error: a frame in another site does not, nor one whose top is not known', () => {
  expect(silent({ frameId: 3, tab: { id: 7, url: 'https://evil.example/' } })).toBe(false)
  expect(silent({ frameId: 3, tab: { id: 7 } })).toBe(false)
  expect(silent({ frameId: 3, tab: { id: 7, url: 'file:///tmp/x.html' } })).toBe(false)
  expect(silent({ frameId: 3, tab: { id: 7, url: 'about:blank' } })).toBe(false)
})

test('behavior: a document is known by its name, not by the frame that it was in', () => {
  const caller = { origin: site, tabId: 1, frameId: 0, documentId: 'D', requestId: '1' }
  expect(isSameDocument(caller, { ...caller })).toBe(true)
  for (const change of [
    { documentId: 'E' },
    { tabId: 2 },
    { frameId: 1 },
    { origin: 'https://evil.example' },
  ])
    expect(isSameDocument(caller, { ...caller, ...change })).toBe(false)
})

const id = '0b4ff1a8-2f3b-4c5d-8e6f-0123456789ab'

test('param: messages of content scripts are read', () => {
  expect(readPageMessage({ type: 'ping' })).toEqual({ type: 'ping' })
  expect(readPageMessage({ type: 'leave' })).toEqual({ type: 'leave' })
  expect(readPageMessage({ type: 'attach', id })).toEqual({ type: 'attach', id })
  const request = { type: 'request', id, method: 'eth_accounts', params: [1] }
  expect(readPageMessage({ ...request, origin: 'https://bank.example' })).toEqual(request)
})

test.each([
  null,
  'ping',
  {},
  { type: 'request', id: 'x'.repeat(1_000_000), method: 'eth_accounts' },
  { type: 'request', id: `${id} unlock 1`, method: 'eth_accounts' },
  { type: 'request', id, method: 7 },
  { type: 'request', id, method: 'x'.repeat(201) },
  { type: 'result', id, result: 1 },
  { type: 'request', id, method: 'eth_call', params: ['x'.repeat(2_000_001)] },
  { type: 'request', id, method: 'eth_call', params: Array.from({ length: 2_000_001 }, () => 1) },
  { type: 'request', id, method: 'eth_call', params: JSON.parse('['.repeat(66) + ']'.repeat(66)) },
])('error: other messages are not (%#)', (raw) => {
  expect(readPageMessage(raw)).toBeNull()
})
