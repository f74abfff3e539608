import { startAuthentication } from '@simplewebauthn/browser'
import { bytesToHex, type Hex } from 'viem'
import { readFlags } from '@/lib/passkey/authenticatorData'
import { fromBase64Url, toBase64Url, toBuffer, toHexFromBase64Url } from '@/lib/passkey/base64url'
import { ceremony, ceremonyTimeout } from '@/lib/passkey/ceremony'
import { readClientData } from '@/lib/passkey/clientData'
import { PasskeyError } from '@/lib/passkey/PasskeyError'
import { toPasskeyError } from '@/lib/passkey/toPasskeyError'

/** What is asked of the authenticator. The same shape as `Ceremony` of `lib/messaging/popup.ts`. */
export type Ceremony = {
  /** 32 bytes. */
  readonly challenge: Hex
  readonly rpId: string
  /** Passkeys that may answer; never empty. */
  readonly credentialIds: readonly Hex[]
  /** 32 bytes, the one fixed salt of the wallet. */
  readonly prfSalt: Hex
}

/** The authenticator's answer. The same shape as `Assertion` of `lib/messaging/popup.ts`. Never logged, never stored as it is. */
export type Assertion = {
  readonly credentialId: Hex
  readonly authenticatorData: Hex
  readonly clientDataJSON: string
  /** DER-encoded ECDSA signature. */
  readonly signature: Hex
  /** 32 bytes, when the authenticator evaluated the PRF. */
  readonly prf: Hex | null
}

/**
 * Asks for an assertion over `challenge` by one of `credentialIds`, user verified, with the PRF output for `prfSalt`.
 *
 * @throws {PasskeyError}
 * @see https://www.w3.org/TR/webauthn-3/#sctn-getAssertion
 * @see https://www.w3.org/TR/webauthn-3/#prf-extension
 */
export async function assertPasskey(asked: Ceremony): Promise<Assertion> {
  const { rpId, credentialIds, prfSalt } = asked
  const challenge = toBase64Url(asked.challenge)
  const { rawId, response, clientExtensionResults } = await ceremony(() =>
    startAuthentication({
      optionsJSON: {
        challenge,
        rpId,
        allowCredentials: credentialIds.map((id) => ({ type: 'public-key', id: toBase64Url(id) })),
        userVerification: 'required',
        timeout: ceremonyTimeout,
        // The library passes extensions through as they are: the salt stays bytes.
        extensions: { prf: { eval: { first: toBuffer(prfSalt) } } },
      },
    }),
  )
  try {
    const credentialId = toHexFromBase64Url(rawId)
    if (!credentialIds.some((id) => id.toLowerCase() === credentialId))
      throw new PasskeyError('malformed', new Error('another passkey answered'))
    const { json } = readClientData(response.clientDataJSON, 'webauthn.get', challenge)
    readFlags(fromBase64Url(response.authenticatorData))
    return {
      credentialId,
      authenticatorData: toHexFromBase64Url(response.authenticatorData),
      clientDataJSON: json,
      signature: toHexFromBase64Url(response.signature),
      prf: readPrf(clientExtensionResults.prf?.results?.first),
    }
  } catch (error) {
    throw toPasskeyError(error)
  }
}

function readPrf(output: ArrayBufferView | ArrayBufferLike | undefined): Hex | null {
  if (output === undefined) return null
  const bytes = ArrayBuffer.isView(output)
    ? new Uint8Array(output.buffer, output.byteOffset, output.byteLength)
    : new Uint8Array(output)
  if (bytes.length !== 32)
    throw new PasskeyError('malformed', new Error(`a PRF output of ${bytes.length} bytes`))
  return bytesToHex(bytes)
}
