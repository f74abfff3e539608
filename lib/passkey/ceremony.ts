import { WebAuthnAbortService } from '@simplewebauthn/browser'
import { PasskeyError } from '@/lib/passkey/PasskeyError'
import { toPasskeyError } from '@/lib/passkey/toPasskeyError'

/** How long the owner has for a ceremony, in ms. */
export const ceremonyTimeout = 300_000

/**
 * Runs a ceremony that ends: a browser without an authenticator lets the request hang past its own time-out, so it is aborted.
 *
 * @throws {PasskeyError}
 */
export async function ceremony<result>(run: () => Promise<result>): Promise<result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      WebAuthnAbortService.cancelCeremony()
      reject(new PasskeyError('not-used', new Error(`No answer in ${ceremonyTimeout} ms.`)))
    }, ceremonyTimeout)
  })
  try {
    return await Promise.race([run(), end])
  } catch (error) {
    throw toPasskeyError(error)
  } finally {
    clearTimeout(timer)
  }
}
