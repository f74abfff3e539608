import { createHash, createPublicKey, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createAuthenticator, type CeremonyRequest } from '@/demo/browser/createAuthenticator.mjs'

const origin = 'chrome-extension://jiefmlebpmhiphjicpibdkohglkcepgb'
const challenge = Buffer.alloc(32, 7).toString('base64url')
const salt = Buffer.alloc(32, 1).toString('base64url')
const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64url')

function creation(
  options: Partial<Extract<CeremonyRequest, { type: 'create' }>['options']> = {},
): CeremonyRequest {
  return {
    type: 'create',
    origin,
    options: { challenge, userHandle: 'dXNlcg', algorithms: [-7], excludeCredentials: [], ...options },
  }
}

function request(
  options: Partial<Extract<CeremonyRequest, { type: 'get' }>['options']> = {},
): CeremonyRequest {
  return { type: 'get', origin, options: { challenge, allowCredentials: [], ...options } }
}

describe('createAuthenticator', () => {
  test('behavior: an assertion verifies under the key told at create', () => {
    const authenticator = createAuthenticator()
    const created = authenticator.answer(creation()).result
    const { result } = authenticator.answer(request())
    const key = createPublicKey({ key: bytes(created?.publicKey), format: 'der', type: 'spki' })
    const hash = createHash('sha256').update(bytes(result?.clientDataJSON)).digest()
    const signed = Buffer.concat([bytes(result?.authenticatorData), hash])
    expect(verify('sha256', signed, key, bytes(result?.signature))).toBe(true)
    expect(result?.id).toBe(created?.id)
    expect(result?.userHandle).toBe('dXNlcg')
    expect(bytes(result?.id).length).toBeGreaterThanOrEqual(16)
  })

  test('behavior: authenticator data carries the origin hash, UP, UV, BE, BS and the counter', () => {
    const authenticator = createAuthenticator()
    authenticator.answer(creation())
    const data = bytes(authenticator.answer(request()).result?.authenticatorData)
    expect(data.subarray(0, 32)).toEqual(createHash('sha256').update(origin).digest())
    expect(data[32]).toBe(0b0001_1101)
    expect(data.readUInt32BE(33)).toBe(1)
    expect(data).toHaveLength(37)
  })

  test('param: rpId of a host is hashed itself', () => {
    const authenticator = createAuthenticator()
    authenticator.answer(creation({ rpId: 'passkeys.example' }))
    const data = bytes(authenticator.answer(request({ rpId: 'passkeys.example' })).result?.authenticatorData)
    expect(data.subarray(0, 32)).toEqual(createHash('sha256').update('passkeys.example').digest())
    expect(authenticator.answer(request()).error?.name).toBe('NotAllowedError')
  })

  test('param: extensionData lengthens the authenticator data and sets ED', () => {
    const authenticator = createAuthenticator({ extensionData: true })
    authenticator.answer(creation())
    const data = bytes(
      authenticator.answer(request({ prf: { eval: { first: salt } } })).result?.authenticatorData,
    )
    expect(data.length).toBeGreaterThan(37)
    expect((data[32] ?? 0) & 0x80).toBe(0x80)
  })

  test('param: extraClientData appends the trailing member', () => {
    const authenticator = createAuthenticator()
    authenticator.answer(creation())
    const plain = bytes(authenticator.answer(request()).result?.clientDataJSON).toString()
    expect(plain).toBe(
      `{"type":"webauthn.get","challenge":"${challenge}","origin":"${origin}","crossOrigin":false}`,
    )
    authenticator.settings.extraClientData = true
    const extended = bytes(authenticator.answer(request()).result?.clientDataJSON).toString()
    expect(extended.startsWith(`${plain.slice(0, -1)},"other_keys`)).toBe(true)
    expect(JSON.parse(extended)).toMatchObject({ challenge, crossOrigin: false })
  })

  test('behavior: PRF gives the same 32 bytes at create, by eval and by evalByCredential', () => {
    const authenticator = createAuthenticator()
    const created = authenticator.answer(creation({ prf: { eval: { first: salt } } })).result
    const first = created?.prf?.results?.first
    const id = created?.id ?? ''
    const byEval = authenticator.answer(request({ prf: { eval: { first: salt } } })).result
    const prf = { evalByCredential: { [id]: { first: salt } } }
    const byId = authenticator.answer(request({ allowCredentials: [id], prf })).result
    expect(created?.prf?.enabled).toBe(true)
    expect(bytes(first)).toHaveLength(32)
    expect(byEval?.prf?.results?.first).toBe(first)
    expect(byId?.prf?.results?.first).toBe(first)
  })

  test('param: prf false yields no output', () => {
    const authenticator = createAuthenticator({ prf: false })
    const prf = { eval: { first: salt } }
    expect(authenticator.answer(creation({ prf })).result?.prf).toBeUndefined()
    expect(authenticator.answer(request({ prf })).result?.prf).toBeUndefined()
  })

  test('behavior: allowCredentials chooses, else the newest answers', () => {
    const authenticator = createAuthenticator()
    const older = authenticator.answer(creation()).result?.id ?? ''
    const newer = authenticator.answer(creation()).result?.id
    expect(authenticator.answer(request()).result?.id).toBe(newer)
    expect(authenticator.answer(request({ allowCredentials: [older] })).result?.id).toBe(older)
  })

  test('error: refusals, exclusion and foreign algorithms are DOM errors and no gestures', () => {
    const authenticator = createAuthenticator()
    const id = authenticator.answer(creation()).result?.id ?? ''
    expect(authenticator.answer(creation({ excludeCredentials: [id] })).error?.name).toBe('InvalidStateError')
    expect(authenticator.answer(creation({ algorithms: [-257] })).error?.name).toBe('NotSupportedError')
    authenticator.settings.refuse = 'cancel'
    expect(authenticator.answer(request()).error?.name).toBe('NotAllowedError')
    expect(authenticator.gestures).toBe(1)
  })
})
