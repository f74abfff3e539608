import { hexToBytes, type Hex } from 'viem'
import { BaseError } from '@/lib/errors/BaseError'

/**
 * What stands in the client data behind the origin: the contracts rebuild everything before it from the challenge and the origin
 * (`contracts/README.md`, "Passkey signature").
 *
 * @param clientDataJSON - As the authenticator signed it.
 * @param challenge - 32 bytes.
 * @param origin - The passkey's origin.
 * @see https://www.w3.org/TR/webauthn-3/#clientdatajson-serialization
 * @throws {ClientDataError} The client data is for something else: another challenge, origin or type, or a cross-origin frame.
 */
export function clientDataRest(clientDataJSON: string, challenge: Hex, origin: string): string {
  const start = `{"type":"webauthn.get","challenge":"${base64url(challenge)}","origin":"${origin}"`
  if (!clientDataJSON.startsWith(start)) throw new ClientDataError()
  const rest = clientDataJSON.slice(start.length)
  if (rest !== '}' && !/^,"crossOrigin":false[,}]/.test(rest)) throw new ClientDataError()
  return rest
}

/** Base64url without padding. */
function base64url(bytes: Hex): string {
  return btoa(String.fromCharCode(...hexToBytes(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** An authenticator signed other client data than asked. */
export class ClientDataError extends BaseError {
  override readonly name = 'Account.ClientDataError'

  constructor() {
    super(
      'The passkey signed something else than was asked: its challenge or origin differs. Nothing was sent.',
    )
  }
}
