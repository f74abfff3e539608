import { keccak256, stringToBytes, type Hex } from 'viem'
import type { Passkey } from '@/lib/account/account'
import type { Ceremony } from '@/lib/messaging/popup'

/** The one salt of the wallet: every assertion yields the PRF output that opens the vault. */
const prfSalt: Hex = keccak256(stringToBytes('latchkey vault 1'))

/**
 * The ceremony that signs `challenge` with one of these passkeys.
 *
 * @param passkeys - At least one; those of another origin than the first one's cannot be asked together with it and are left out.
 */
export function ceremonyFor(passkeys: readonly [Passkey, ...Passkey[]], challenge: Hex): Ceremony {
  const [{ rpId }] = passkeys
  const credentialIds = passkeys.filter((one) => one.rpId === rpId).map(({ credentialId }) => credentialId)
  return { challenge, rpId, credentialIds, prfSalt }
}
