import { expect, test, vi } from 'vitest'
import { Desk } from '@/entrypoints/popup/approve/desk.svelte'
import type { Wallet } from '@/entrypoints/popup/wallet'
import { BaseError } from '@/lib/errors/BaseError'
import type { Assertion, Ceremony } from '@/lib/messaging/popup'
import { spec } from '@/tests/gallery/snapshot'

const ceremony: Ceremony = { challenge: '0x01', rpId: 'id', credentialIds: ['0x02'], prfSalt: '0x03' }
const assertion: Assertion = {
  credentialId: '0x02',
  authenticatorData: '0x04',
  clientDataJSON: '{}',
  signature: '0x05',
  prf: null,
}

const connect = { kind: 'connect' } as const

function setUp(answer: Ceremony | null) {
  const command = vi.fn(async (name: string) => (name === 'approvalStart' ? answer : null))
  const assertPasskey = vi.fn(async () => assertion)
  const wallet = { command, assertPasskey } as unknown as Wallet
  return { command, assertPasskey, desk: new Desk(wallet, 'x') }
}

test('behavior: start, passkey, finish, in this order', async () => {
  const { desk, command, assertPasskey } = setUp(ceremony)
  await desk.agree(connect)
  expect(command.mock.calls).toEqual([
    ['approvalStart', { id: 'x' }],
    ['approvalFinish', { id: 'x', assertion }],
  ])
  expect(assertPasskey).toHaveBeenCalledWith(ceremony)
  expect(desk).toMatchObject({ ended: 'agreed', failure: null, busy: null })
})

test('behavior: without a ceremony the click alone agrees', async () => {
  const { desk, command, assertPasskey } = setUp(null)
  await desk.agree(connect)
  expect(command).toHaveBeenCalledTimes(1)
  expect(assertPasskey).not.toHaveBeenCalled()
  expect(desk.ended).toBe('agreed')
})

test('error: a passkey that gives nothing leaves the approval open for another try', async () => {
  const { desk, command, assertPasskey } = setUp(ceremony)
  assertPasskey.mockRejectedValueOnce(new BaseError('No passkey was used.'))
  await desk.agree(connect)
  expect(desk).toMatchObject({ ended: null, failure: 'No passkey was used.', busy: null, prompting: false })
  expect(command).toHaveBeenCalledTimes(1)
  await desk.agree(connect)
  expect(desk).toMatchObject({ ended: 'agreed', failure: null })
})

test('behavior: a second click while one is under way does nothing', async () => {
  const { desk, command } = setUp(ceremony)
  await Promise.all([desk.agree(connect), desk.agree(connect), desk.reject()])
  expect(command).toHaveBeenCalledTimes(2)
})

test('behavior: reject ends it', async () => {
  const { desk, command } = setUp(null)
  await desk.reject()
  expect(command).toHaveBeenCalledWith('approvalReject', { id: 'x' })
  expect(desk.ended).toBe('rejected')
})

test('behavior: a session is approved as it is shown; narrowing tells whether it is done', async () => {
  const { desk, command } = setUp(null)
  await desk.agree({ kind: 'session', spec, connects: false, functions: {}, ephemeral: false })
  expect(command).toHaveBeenCalledWith('approvalStart', { id: 'x', spec })
  command.mockRejectedValueOnce(new BaseError('Wider.'))
  expect(await desk.narrow(spec)).toBe(false)
  expect(desk.failure).toBe('Wider.')
  const [done, busy] = await Promise.all([desk.narrow(null), desk.narrow(spec)])
  expect([done, busy]).toEqual([true, false])
})
