import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { attestationObject, authenticatorData, clientData, coseKey, spki } from './webauthnBytes.mjs'
import { pageCredentials } from './pageCredentials.mjs'

const binding = '__softwareAuthenticator'
const es256 = -7

/**
 * Makes a software authenticator: a passkey provider whose keys live in this process, for the extension pages of any number of
 * browser contexts, in every window, with PRF.
 *
 * @param {import('./createAuthenticator.mjs').AuthenticatorSettings} [settings]
 * @returns {import('./createAuthenticator.mjs').Authenticator}
 */
export function createAuthenticator(settings = {}) {
  /** @type {import('./createAuthenticator.mjs').Authenticator} */
  const authenticator = {
    settings: {
      prf: true,
      extensionData: false,
      extraClientData: false,
      backupEligible: true,
      backedUp: true,
      countSignatures: true,
      device: 0,
      refuse: undefined,
      ...settings,
    },
    credentials: [],
    gestures: 0,
    async attach(context) {
      await context.exposeBinding(binding, (_source, request) => answer(authenticator, request))
      await context.addInitScript(pageCredentials, binding)
    },
    answer: (request) => answer(authenticator, request),
  }
  return authenticator
}

/** Answers a page's request with what its credential is built from, or with the DOM exception that it throws. */
function answer(authenticator, request) {
  try {
    const { refuse } = authenticator.settings
    if (refuse === 'cancel') throw new CeremonyError('NotAllowedError', 'The operation was cancelled.')
    if (refuse === 'no-credential') throw new CeremonyError('NotAllowedError', 'No passkey was found.')
    const result = request.type === 'create' ? create(authenticator, request) : get(authenticator, request)
    authenticator.gestures += 1
    return { result }
  } catch (error) {
    if (!(error instanceof CeremonyError)) throw error
    return { error: { name: error.name, message: error.message } }
  }
}

function create(authenticator, { options, origin }) {
  const { settings, credentials } = authenticator
  if (options.prf?.evalByCredential)
    throw new CeremonyError('NotSupportedError', 'evalByCredential at create.')
  if (!options.algorithms.includes(es256))
    throw new CeremonyError('NotSupportedError', 'Only ES256 is offered.')
  const scope = scopeOf(options.rpId, origin)
  const excluded = credentials.some(
    (one) =>
      one.scope === scope && one.device === settings.device && options.excludeCredentials.includes(one.id),
  )
  if (excluded) throw new CeremonyError('InvalidStateError', 'A passkey of this authenticator is excluded.')

  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const credential = {
    id: randomBytes(32).toString('base64url'),
    scope,
    device: settings.device,
    userHandle: options.userHandle,
    x,
    y,
    privateKey,
    prfSecret: randomBytes(32),
    signCount: 0,
  }
  credentials.push(credential)
  const withPrf = settings.prf && options.prf !== undefined
  const authData = authenticatorData({
    scope,
    settings,
    signCount: 0,
    attested: { id: Buffer.from(credential.id, 'base64url'), key: coseKey(x, y) },
    extension: withPrf ? true : undefined,
  })
  return {
    id: credential.id,
    clientDataJSON: encode(clientData('webauthn.create', options.challenge, origin, settings)),
    attestationObject: encode(attestationObject(authData)),
    authenticatorData: encode(authData),
    publicKey: encode(spki(x, y)),
    prf: withPrf ? { enabled: true, ...prfResults(credential, options.prf.eval) } : undefined,
    wantsPrf: options.prf !== undefined,
    residentKey: true,
  }
}

function get(authenticator, { options, origin }) {
  const { settings, credentials } = authenticator
  const allowed = options.allowCredentials
  if (options.prf?.evalByCredential && allowed.length === 0) {
    throw new CeremonyError('NotSupportedError', 'evalByCredential needs allowCredentials.')
  }
  const scope = scopeOf(options.rpId, origin)
  const candidates = credentials.filter((one) => one.scope === scope && one.device === settings.device)
  const credential = candidates.findLast((one) => allowed.length === 0 || allowed.includes(one.id))
  if (credential === undefined) throw new CeremonyError('NotAllowedError', 'No passkey was found.')
  if (settings.countSignatures) credential.signCount += 1

  const withPrf = settings.prf && options.prf !== undefined
  const salts = options.prf?.evalByCredential?.[credential.id] ?? options.prf?.eval
  const authData = authenticatorData({
    scope,
    settings,
    signCount: credential.signCount,
    extension: withPrf && salts !== undefined ? randomBytes(48) : undefined,
  })
  const json = clientData('webauthn.get', options.challenge, origin, settings)
  const signed = Buffer.concat([authData, createHash('sha256').update(json).digest()])
  return {
    id: credential.id,
    clientDataJSON: encode(json),
    authenticatorData: encode(authData),
    signature: encode(sign('sha256', signed, { key: credential.privateKey, dsaEncoding: 'der' })),
    userHandle: credential.userHandle,
    prf: withPrf ? prfResults(credential, salts) : undefined,
    wantsPrf: options.prf !== undefined,
  }
}

/**
 * The PRF extension on top of the authenticator's HMAC.
 *
 * @see https://www.w3.org/TR/webauthn-3/#prf-extension
 */
function prfResults(credential, salts) {
  if (salts === undefined) return {}
  const evaluate = (salt) => {
    const input = createHash('sha256')
      .update('WebAuthn PRF\0')
      .update(Buffer.from(salt, 'base64url'))
      .digest()
    return encode(createHmac('sha256', credential.prfSecret).update(input).digest())
  }
  const second = salts.second === undefined ? {} : { second: evaluate(salts.second) }
  return { results: { first: evaluate(salts.first), ...second } }
}

/** What the rpIdHash is taken over: Chromium uses the whole origin for the extension's own id. */
function scopeOf(rpId, origin) {
  return rpId === undefined || rpId === new URL(origin).hostname ? origin : rpId
}

/** @param {Buffer} bytes */
function encode(bytes) {
  return bytes.toString('base64url')
}

class CeremonyError extends Error {
  /** @param {string} name Name of the DOM exception. @param {string} message */
  constructor(name, message) {
    super(message)
    this.name = name
  }
}
