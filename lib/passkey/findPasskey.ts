import { bufferToBase64URLString, startAuthentication } from '@simplewebauthn/browser'
import type { Hex } from 'viem'
import { readFlags } from '@/lib/passkey/authenticatorData'
import { fromBase64Url, toBase64Url, toHexFromBase64Url } from '@/lib/passkey/base64url'
import { ceremony, ceremonyTimeout } from '@/lib/passkey/ceremony'
import { readClientData } from '@/lib/passkey/clientData'
import { PasskeyError } from '@/lib/passkey/PasskeyError'
import { toPasskeyError } from '@/lib/passkey/toPasskeyError'

/** Which passkey is looked for. */
export type FindPasskeyOptions = {
  /** The one that answered before; by default any of the wallet's that the owner chooses. */
  readonly credentialId?: Hex | undefined
  /** Default: the host of this page, as in `createPasskey`. */
  readonly rpId?: string | undefined
}

/** A passkey that answered, over a challenge of no meaning. The same shape as `FoundPasskey` of `lib/messaging/popup.ts`. */
export type FoundPasskey = {
  readonly credentialId: Hex
  /** What the passkey was made with; `null` when the authenticator does not tell. */
  readonly userHandle: Hex | null
  readonly authenticatorData: Hex
  readonly clientDataJSON: string
  /** DER-encoded ECDSA signature. */
  readonly signature: Hex
  readonly origin: string
  readonly rpId: string
  readonly backupEligible: boolean
}

/**
 * Lets the owner choose a passkey of the wallet, and has it sign random bytes: proof that it is here, and the ground from which its
 * public key is worked out. It allows nothing.
 *
 * @throws {PasskeyError}
 * @see https://www.w3.org/TR/webauthn-3/#discoverable-credential
 */
export async function findPasskey(options: FindPasskeyOptions = {}): Promise<FoundPasskey> {
  const { credentialId, rpId = location.hostname } = options
  const challenge = bufferToBase64URLString(crypto.getRandomValues(new Uint8Array(32)).buffer)
  try {
    const { rawId, response } = await ceremony(() =>
      startAuthentication({
        optionsJSON: {
          challenge,
          rpId,
          allowCredentials:
            credentialId === undefined ? [] : [{ type: 'public-key', id: toBase64Url(credentialId) }],
          userVerification: 'required',
          timeout: ceremonyTimeout,
        },
      }),
    )
    const id = toHexFromBase64Url(rawId)
    if (credentialId !== undefined && id !== credentialId.toLowerCase())
      throw new PasskeyError('malformed', new Error('another passkey answered'))
    const { json, origin } = readClientData(response.clientDataJSON, 'webauthn.get', challenge)
    return {
      credentialId: id,
      userHandle: response.userHandle ? toHexFromBase64Url(response.userHandle) : null,
      authenticatorData: toHexFromBase64Url(response.authenticatorData),
      clientDataJSON: json,
      signature: toHexFromBase64Url(response.signature),
      origin,
      rpId,
      backupEligible: readFlags(fromBase64Url(response.authenticatorData)).backupEligible,
    }
  } catch (error) {
    const failure = toPasskeyError(error)
    throw failure.reason === 'not-used' ? new PasskeyError('none-chosen', failure.cause) : failure
  }
}
