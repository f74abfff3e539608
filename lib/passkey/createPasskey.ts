import { bufferToBase64URLString, startRegistration } from '@simplewebauthn/browser'
import type { Hex } from 'viem'
import { readFlags } from '@/lib/passkey/authenticatorData'
import { fromBase64Url, toBase64Url, toHexFromBase64Url } from '@/lib/passkey/base64url'
import { ceremony, ceremonyTimeout } from '@/lib/passkey/ceremony'
import { readClientData } from '@/lib/passkey/clientData'
import { PasskeyError } from '@/lib/passkey/PasskeyError'
import { readPublicKey } from '@/lib/passkey/publicKey'
import { toPasskeyError } from '@/lib/passkey/toPasskeyError'

/** What a new passkey is made for. */
export type CreatePasskeyOptions = {
  /** Shown by the authenticator, for example "Latchkey 1". */
  readonly userName: string
  /** Default: the host of this page, which is the extension's id in Chromium. In Firefox a host that the extension has permission for. */
  readonly rpId?: string | undefined
  /** User handle, 1–64 bytes. A further passkey of an account carries the account here. Default: 32 random bytes. */
  readonly userId?: Hex | undefined
  /** Passkeys whose authenticators must not make another one. */
  readonly excludeCredentialIds?: readonly Hex[] | undefined
}

/** The public result. The same shape as `NewPasskey` of `lib/messaging/popup.ts`. */
export type NewPasskey = {
  readonly credentialId: Hex
  /** P-256 public key. */
  readonly x: Hex
  readonly y: Hex
  /** `clientDataJSON.origin`, checked by the contracts. */
  readonly origin: string
  readonly rpId: string
  /** Whether the authenticator reported PRF support at creation. */
  readonly prf: boolean
  readonly backupEligible: boolean
}

/**
 * Creates a passkey in a page of the extension: ES256, resident, user verified, with PRF where the authenticator has it.
 *
 * @throws {PasskeyError}
 * @see https://www.w3.org/TR/webauthn-3/#sctn-createCredential
 */
export async function createPasskey(options: CreatePasskeyOptions): Promise<NewPasskey> {
  const { userName, rpId = location.hostname, userId, excludeCredentialIds = [] } = options
  const challenge = randomBase64Url()
  const { rawId, response, clientExtensionResults } = await ceremony(() =>
    startRegistration({
      optionsJSON: {
        rp: { id: rpId, name: 'Latchkey' },
        user: {
          id: userId === undefined ? randomBase64Url() : toBase64Url(userId),
          name: userName,
          displayName: userName,
        },
        challenge,
        pubKeyCredParams: [{ type: 'public-key', alg: es256 }],
        timeout: ceremonyTimeout,
        attestation: 'none',
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
        excludeCredentials: excludeCredentialIds.map((id) => ({ type: 'public-key', id: toBase64Url(id) })),
        extensions: { prf: {} },
      },
    }),
  )
  const { authenticatorData, clientDataJSON, publicKey, publicKeyAlgorithm } = response
  const { prf } = clientExtensionResults
  try {
    if (publicKey === undefined || authenticatorData === undefined || publicKeyAlgorithm !== es256)
      throw new PasskeyError('malformed', new Error('the authenticator tells no ES256 key'))
    return {
      credentialId: toHexFromBase64Url(rawId),
      ...readPublicKey(fromBase64Url(publicKey)),
      origin: readClientData(clientDataJSON, 'webauthn.create', challenge).origin,
      rpId,
      prf: prf?.enabled === true || prf?.results?.first !== undefined,
      backupEligible: readFlags(fromBase64Url(authenticatorData)).backupEligible,
    }
  } catch (error) {
    throw toPasskeyError(error)
  }
}

/** COSE number of ECDSA with P-256 and SHA-256. */
const es256 = -7

function randomBase64Url(): string {
  return bufferToBase64URLString(crypto.getRandomValues(new Uint8Array(32)).buffer)
}
