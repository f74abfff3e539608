import { createHash, createHmac, verify } from 'node:crypto'
import { bytesToHex, hexToBytes } from 'viem'
import { afterEach, expect, test, vi } from 'vitest'
import { assertPasskey, type Ceremony } from '@/lib/passkey/assertPasskey'
import { createPasskey } from '@/lib/passkey/createPasskey'
import { origin, withAuthenticator } from './withAuthenticator'

afterEach(() => vi.unstubAllGlobals())

const challenge = bytesToHex(new Uint8Array(32).fill(7))
const prfSalt = bytesToHex(new Uint8Array(32).fill(9))

async function prepare(settings: Parameters<typeof withAuthenticator>[0] = {}) {
  const authenticator = await withAuthenticator(settings)
  const { credentialId, rpId } = await createPasskey({ userName: 'a' })
  const asked: Ceremony = { challenge, rpId, credentialIds: [credentialId], prfSalt }
  return { authenticator, asked }
}

test.each([{}, { extensionData: true, extraClientData: true }])(
  'behavior: signs the challenge and yields the PRF output (%o)',
  async (settings) => {
    const { authenticator, asked } = await prepare(settings)
    const assertion = await assertPasskey(asked)
    const [key] = authenticator.credentials
    if (key === undefined) throw new Error('no key')

    const hash = createHash('sha256').update(assertion.clientDataJSON).digest()
    const signed = Buffer.concat([hexToBytes(assertion.authenticatorData), hash])
    const signature = hexToBytes(assertion.signature)
    expect(verify('sha256', signed, { key: key.privateKey, dsaEncoding: 'der' }, signature)).toBe(true)
    expect(JSON.parse(assertion.clientDataJSON)).toMatchObject({
      challenge: Buffer.from(hexToBytes(challenge)).toString('base64url'),
      origin,
    })

    const salt = createHash('sha256').update('WebAuthn PRF\0').update(hexToBytes(prfSalt)).digest()
    expect(assertion.prf).toBe(`0x${createHmac('sha256', key.prfSecret).update(salt).digest('hex')}`)
  },
)

test('behavior: no PRF output is told as null', async () => {
  const { asked } = await prepare({ prf: false })
  expect((await assertPasskey(asked)).prf).toBeNull()
})

test('behavior: any of the passkeys may answer, whatever the case of its id', async () => {
  const { asked } = await prepare()
  const [id = '0x'] = asked.credentialIds
  const upper = `0x${id.slice(2).toUpperCase()}` as const
  expect((await assertPasskey({ ...asked, credentialIds: ['0x0102', upper] })).credentialId).toBe(id)
})

test('error: another passkey than asked', async () => {
  const { asked } = await prepare()
  const { get } = navigator.credentials
  vi.spyOn(navigator.credentials, 'get').mockImplementation((options) =>
    get({
      ...options,
      publicKey: { ...options?.publicKey, allowCredentials: [] } as PublicKeyCredentialRequestOptions,
    }),
  )
  await expect(assertPasskey({ ...asked, credentialIds: ['0x0102'] })).rejects.toMatchObject({
    reason: 'malformed',
  })
})

test('error: a signature over another challenge', async () => {
  const { asked } = await prepare()
  const { get } = navigator.credentials
  vi.spyOn(navigator.credentials, 'get').mockImplementation((options) =>
    get({
      ...options,
      publicKey: {
        ...options?.publicKey,
        challenge: new Uint8Array(32),
      } as PublicKeyCredentialRequestOptions,
    }),
  )
  await expect(assertPasskey(asked)).rejects.toMatchObject({
    reason: 'malformed',
    cause: new Error('clientDataJSON: another challenge'),
  })
})

test('error: no passkey here', async () => {
  const { authenticator, asked } = await prepare()
  authenticator.settings.refuse = 'no-credential'
  await expect(assertPasskey(asked)).rejects.toMatchObject({ reason: 'not-used' })
})
