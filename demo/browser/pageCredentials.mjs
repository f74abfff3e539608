/**
 * Runs in every page before its own scripts: on extension pages `navigator.credentials` asks the software authenticator through
 * `binding`. It must be self-contained, as it is sent to the browser as text.
 *
 * @param {string} binding Name of the function that reaches the authenticator.
 */
export function pageCredentials(binding) {
  if (location.protocol !== 'chrome-extension:' || typeof PublicKeyCredential === 'undefined') return

  const toText = (source) => {
    const view = ArrayBuffer.isView(source)
      ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
      : new Uint8Array(source)
    const binary = Array.from(view, (byte) => String.fromCharCode(byte)).join('')
    return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  }
  const toBytes = (text) => {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer
  }
  const saltsOf = ({ first, second }) => ({ first: toText(first), ...(second && { second: toText(second) }) })
  const prfOf = (prf) =>
    prf && {
      ...(prf.eval && { eval: saltsOf(prf.eval) }),
      ...(prf.evalByCredential && {
        evalByCredential: Object.fromEntries(
          Object.entries(prf.evalByCredential).map(([id, salts]) => [id, saltsOf(salts)]),
        ),
      }),
    }
  const idsOf = (list) => (list ?? []).map((one) => toText(one.id))

  /** Own properties before the interface's: `instanceof` holds and no native getter is reached. */
  const make = (type, values) =>
    Object.defineProperties(
      Object.create(type.prototype),
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, enumerable: true }])),
    )

  const resultsOf = (answer) => {
    if (!answer.wantsPrf) return {}
    const { enabled, results } = answer.prf ?? {}
    if (answer.residentKey && answer.prf === undefined) return { prf: { enabled: false } }
    const bytes = results && {
      first: toBytes(results.first),
      ...(results.second && { second: toBytes(results.second) }),
    }
    return { prf: { ...(enabled !== undefined && { enabled }), ...(bytes && { results: bytes }) } }
  }

  const credentialOf = (answer, response, responseJson) => {
    const extensions = resultsOf(answer)
    const common = { id: answer.id, type: 'public-key', authenticatorAttachment: 'platform' }
    return make(PublicKeyCredential, {
      ...common,
      rawId: toBytes(answer.id),
      response,
      getClientExtensionResults: () => extensions,
      toJSON: () => ({
        ...common,
        rawId: answer.id,
        response: responseJson,
        clientExtensionResults: answer.prf ? { prf: answer.prf } : {},
      }),
    })
  }

  const untilAborted = (signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    })

  const ask = async (request, signal) => {
    signal?.throwIfAborted()
    const { result, error } = await Promise.race([window[binding](request), untilAborted(signal)])
    if (error) throw new DOMException(error.message, error.name)
    return result
  }

  const create = async ({ publicKey, signal }) => {
    const options = {
      challenge: toText(publicKey.challenge),
      rpId: publicKey.rp.id,
      userHandle: toText(publicKey.user.id),
      algorithms: publicKey.pubKeyCredParams.map((one) => one.alg),
      excludeCredentials: idsOf(publicKey.excludeCredentials),
      prf: prfOf(publicKey.extensions?.prf),
    }
    const answer = await ask({ type: 'create', origin: location.origin, options }, signal)
    const { clientDataJSON, attestationObject, authenticatorData, publicKey: key } = answer
    const json = {
      clientDataJSON,
      attestationObject,
      authenticatorData,
      publicKey: key,
      publicKeyAlgorithm: -7,
      transports: ['internal'],
    }
    const response = make(AuthenticatorAttestationResponse, {
      clientDataJSON: toBytes(clientDataJSON),
      attestationObject: toBytes(attestationObject),
      getAuthenticatorData: () => toBytes(authenticatorData),
      getPublicKey: () => toBytes(key),
      getPublicKeyAlgorithm: () => -7,
      getTransports: () => ['internal'],
    })
    return credentialOf(answer, response, json)
  }

  const get = async ({ publicKey, signal, mediation }) => {
    if (mediation === 'conditional') return untilAborted(signal)
    const options = {
      challenge: toText(publicKey.challenge),
      rpId: publicKey.rpId,
      allowCredentials: idsOf(publicKey.allowCredentials),
      prf: prfOf(publicKey.extensions?.prf),
    }
    const answer = await ask({ type: 'get', origin: location.origin, options }, signal)
    const { clientDataJSON, authenticatorData, signature, userHandle } = answer
    const response = make(AuthenticatorAssertionResponse, {
      clientDataJSON: toBytes(clientDataJSON),
      authenticatorData: toBytes(authenticatorData),
      signature: toBytes(signature),
      userHandle: toBytes(userHandle),
    })
    return credentialOf(answer, response, { clientDataJSON, authenticatorData, signature, userHandle })
  }

  Object.defineProperty(navigator, 'credentials', { value: { create, get }, configurable: true })
  PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = async () => true
  PublicKeyCredential.getClientCapabilities = async () => ({
    passkeyPlatformAuthenticator: true,
    userVerifyingPlatformAuthenticator: true,
    'extension:prf': true,
  })
}
