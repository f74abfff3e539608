import { afterEach, expect, test, vi } from 'vitest'
import { createPasskey } from '@/lib/passkey/createPasskey'
import { ceremonyTimeout } from '@/lib/passkey/ceremony'
import { origin, withAuthenticator } from './withAuthenticator'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('behavior: tells the public parts', async () => {
  const authenticator = await withAuthenticator()
  const passkey = await createPasskey({ userName: 'Latchkey 1' })
  const [made] = authenticator.credentials
  if (made === undefined) throw new Error('nothing was made')
  const hex = (text: string) => `0x${Buffer.from(text, 'base64url').toString('hex')}`
  expect(passkey).toEqual({
    credentialId: hex(made.id),
    x: hex(made.x),
    y: hex(made.y),
    origin,
    rpId: new URL(origin).hostname,
    prf: true,
    backupEligible: true,
  })
})

test('behavior: reports an authenticator without PRF, bound to this device', async () => {
  await withAuthenticator({ prf: false, backupEligible: false })
  expect(await createPasskey({ userName: 'a' })).toMatchObject({ prf: false, backupEligible: false })
})

test('behavior: asks for a resident, user-verified ES256 key with PRF', async () => {
  await withAuthenticator()
  const create = vi.spyOn(navigator.credentials, 'create')
  await createPasskey({ userName: 'Latchkey 1', rpId: 'wallet.example' })
  const options = create.mock.calls[0]?.[0]?.publicKey
  expect(options?.rp).toEqual({ id: 'wallet.example', name: 'Latchkey' })
  expect(options?.pubKeyCredParams).toEqual([{ type: 'public-key', alg: -7 }])
  expect(options?.authenticatorSelection).toMatchObject({
    residentKey: 'required',
    userVerification: 'required',
  })
  expect(options?.extensions).toEqual({ prf: {} })
})

test('param: userId is the user handle', async () => {
  const authenticator = await withAuthenticator()
  await createPasskey({ userName: 'a', userId: '0x0102' })
  expect(authenticator.credentials[0]?.userHandle).toBe('AQI')
})

test('error: an excluded passkey', async () => {
  await withAuthenticator()
  const { credentialId } = await createPasskey({ userName: 'a' })
  await expect(createPasskey({ userName: 'a', excludeCredentialIds: [credentialId] })).rejects.toMatchObject({
    reason: 'exists',
  })
})

test('error: a closed prompt', async () => {
  await withAuthenticator({ refuse: 'cancel' })
  await expect(createPasskey({ userName: 'a' })).rejects.toMatchObject({
    name: 'Passkey.CeremonyError',
    reason: 'not-used',
    message:
      'No passkey was used: the prompt was closed, ran out of time, or found none here. Nothing was signed.',
  })
})

test('error: no answer in five minutes', async () => {
  await withAuthenticator()
  vi.spyOn(navigator.credentials, 'create').mockReturnValue(new Promise(() => undefined))
  vi.useFakeTimers()
  const failed = expect(createPasskey({ userName: 'a' })).rejects.toMatchObject({ reason: 'not-used' })
  await vi.advanceTimersByTimeAsync(ceremonyTimeout)
  await failed
})

test('error: a browser without WebAuthn', async () => {
  await withAuthenticator()
  vi.stubGlobal('PublicKeyCredential', undefined)
  await expect(createPasskey({ userName: 'a' })).rejects.toMatchObject({
    reason: 'unavailable',
    message:
      'This computer offers no passkey. Plug in a security key, or switch on Touch ID or Windows Hello.',
  })
})

test.each([
  ['ConstraintError', '', 'unavailable'],
  ['SecurityError', '', 'not-permitted'],
  ['NotAllowedError', 'the page does not have focus.', 'no-focus'],
  ['DataError', '', 'malformed'],
])('error: %s %s', async (name, message, reason) => {
  await withAuthenticator()
  vi.spyOn(navigator.credentials, 'create').mockRejectedValue(new DOMException(message, name))
  await expect(createPasskey({ userName: 'a' })).rejects.toMatchObject({ reason })
})
