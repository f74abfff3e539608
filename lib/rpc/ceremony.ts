import { keccak256, stringToBytes, type Hex } from 'viem'
import type { Account } from '@/lib/account/account'
import type { Ceremony } from '@/lib/messaging/popup'

/** The one salt of the wallet: every assertion yields the PRF output that opens the vault. */
const prfSalt: Hex = keccak256(stringToBytes('latchkey vault 1'))

/** The ceremony that signs `challenge` with one of the account's passkeys. */
export function ceremonyFor(account: Account, challenge: Hex): Ceremony {
  return {
    challenge,
    rpId: account.passkeys[0].rpId,
    credentialIds: account.passkeys.map((passkey) => passkey.credentialId),
    prfSalt,
  }
}
