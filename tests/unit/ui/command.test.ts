import { beforeEach, expect, test, vi } from 'vitest'
import { BackgroundUnreachableError, command, CommandFailedError } from '@/entrypoints/popup/command'

const { sendMessage } = vi.hoisted(() => ({ sendMessage: vi.fn() }))
vi.mock('wxt/browser', () => ({ browser: { runtime: { sendMessage } } }))

beforeEach(() => {
  sendMessage.mockReset()
})

test('behavior: input and output cross as wire values', async () => {
  sendMessage.mockResolvedValue({ ok: true, output: { balance: { $bigint: '0x10' } } })
  const answer = await command('nativeBalance', { account: `0x${'1'.repeat(40)}`, chainId: 1 })
  expect(answer).toEqual({ balance: 16n })
  expect(sendMessage).toHaveBeenCalledWith({
    type: 'latchkey:command',
    name: 'nativeBalance',
    input: { account: `0x${'1'.repeat(40)}`, chainId: 1 },
  })
})

test('error: a refusal carries the message and code of the background', async () => {
  sendMessage.mockResolvedValue({ ok: false, error: { code: -32602, message: 'The bundler is silent.' } })
  const failure = await command('lock', null).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(CommandFailedError)
  expect(failure).toMatchObject({ message: 'The bundler is silent.', code: -32602 })
})

test('error: nobody listens', async () => {
  sendMessage.mockRejectedValue(new Error('Receiving end does not exist.'))
  await expect(command('lock', null)).rejects.toBeInstanceOf(BackgroundUnreachableError)
})

test('error: nobody answers', async () => {
  sendMessage.mockResolvedValue(undefined)
  await expect(command('lock', null)).rejects.toBeInstanceOf(BackgroundUnreachableError)
})
