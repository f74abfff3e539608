import { afterEach, expect, test, vi } from 'vitest'
import { createPasskey } from '@/lib/passkey/createPasskey'
import { findPasskey } from '@/lib/passkey/findPasskey'
import { origin, withAuthenticator } from './withAuthenticator'

afterEach(() => vi.unstubAllGlobals())

test('behavior: any passkey of the wallet may answer, and tells what it was made with', async () => {
  await withAuthenticator({ backupEligible: false })
  const userId = `0x${'7a'.repeat(20)}` as const
  const { credentialId, rpId } = await createPasskey({ userName: 'a', userId })
  const found = await findPasskey()
  expect(found).toMatchObject({ credentialId, rpId, origin, userHandle: userId, backupEligible: false })
})

test('behavior: two answers are over different bytes', async () => {
  await withAuthenticator()
  await createPasskey({ userName: 'a' })
  const [one, other] = [await findPasskey(), await findPasskey()]
  expect(one.clientDataJSON).not.toBe(other.clientDataJSON)
})

test('behavior: the second time the same one is asked, though another was made since', async () => {
  await withAuthenticator()
  const { credentialId } = await createPasskey({ userName: 'a' })
  await createPasskey({ userName: 'b' })
  expect((await findPasskey()).credentialId).not.toBe(credentialId)
  expect((await findPasskey({ credentialId })).credentialId).toBe(credentialId)
})

test.each(['cancel', 'no-credential'] as const)('error: %s: the words say what to do', async (refuse) => {
  await withAuthenticator({ refuse })
  await expect(findPasskey()).rejects.toMatchObject({
    reason: 'none-chosen',
    message: expect.stringContaining('or create a new passkey'),
  })
})

test('error: an rp.id that this build may not use', async () => {
  await withAuthenticator()
  vi.spyOn(navigator.credentials, 'get').mockRejectedValue(new DOMException('rp.id', 'SecurityError'))
  await expect(findPasskey()).rejects.toMatchObject({ reason: 'not-permitted' })
})

test('error: another passkey than the one that was asked', async () => {
  await withAuthenticator()
  const { credentialId } = await createPasskey({ userName: 'a' })
  await createPasskey({ userName: 'b' })
  const { get } = navigator.credentials
  vi.spyOn(navigator.credentials, 'get').mockImplementation((options) =>
    get({ ...options, publicKey: { ...options?.publicKey, allowCredentials: [] } as never }),
  )
  await expect(findPasskey({ credentialId })).rejects.toMatchObject({ reason: 'malformed' })
})
