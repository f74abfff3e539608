import { expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { isOwnPage } from '@/lib/rpc/mirror'
import { takeSnapshot } from '@/lib/rpc/snapshot'
import { connections } from '@/lib/connection/connections'
import { connected, testRpc, withSession } from './testRpc'

vi.mock('wxt/browser', async () => ({ browser: (await import('wxt/testing/fake-browser')).fakeBrowser }))

const own = () => fakeBrowser.runtime.getURL('/popup.html')

test('behavior: a page of the extension is its own, by id and address', () => {
  expect(isOwnPage({ id: fakeBrowser.runtime.id, url: `${own()}#/sessions` })).toBe(true)
})

test('error: a content script, another extension and a nameless sender are not', () => {
  const { id } = fakeBrowser.runtime
  for (const sender of [
    undefined,
    { id },
    { id, url: 'https://orchard.example/popup.html' },
    { id: 'other', url: own() },
    { url: own() },
    { id, url: own().replace('://', '://evil.') },
  ])
    expect(isOwnPage(sender)).toBe(false)
})

test('behavior: no key, sealed or open, and no sponsor’s context is in what pages mirror', async () => {
  const context = await testRpc()
  const { account, connection } = await connected(context)
  const session = await withSession(context, account)
  const sponsor = { url: 'https://pay.example', context: { token: 'sponsor-secret' } }
  await connections.put(context.database, { ...connection, sponsor })
  const { connections: shown, sessions } = await takeSnapshot(context)
  const text = JSON.stringify([shown, sessions], (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  )
  expect(sessions).toMatchObject([{ id: session.id, keyHeld: true }])
  expect(text).not.toContain(session.sealedKey?.ciphertext)
  expect(text).not.toContain('sponsor-secret')
  for (const value of context.memory.content.values()) expect(text).not.toContain(JSON.stringify(value))
})

test('behavior: an ephemeral session without its key is shown as not held, still open on chain', async () => {
  const context = await testRpc()
  const { account } = await connected(context)
  const row = await withSession(context, account)
  const { sessions } = await import('@/lib/session/sessions')
  await sessions.put(context.database, { ...row, sealedKey: undefined, ephemeral: true })
  expect((await takeSnapshot(context)).sessions).toMatchObject([{ keyHeld: false, status: 'active' }])
})
