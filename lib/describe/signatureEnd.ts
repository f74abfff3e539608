import type { SignedMessage } from '@/lib/account/signedMessage'
import { messageText } from '@/lib/describe/messageText'
import { readOrder } from '@/lib/describe/orders/readOrder'
import { readSiwe } from '@/lib/describe/siwe/readSiwe'

/**
 * Up to when a signature of this message is to count, in Unix seconds: as long as the message itself says (a login's expiration
 * time, the last moment of a permit or an order), else 0, no end.
 *
 * A site expects of a signature what it expects of a key pair's: that it does not go bad by itself. It may be put on chain weeks
 * later, as an order or a vote, and a shorter end would break that without protecting anybody: what the message permits is limited
 * by the message, and removing the passkey from the account ends all its signatures.
 */
export function signatureEnd(message: SignedMessage): number {
  const end = message.kind === 'typed' ? readOrder(message.typedData)?.usableUntil : loginEnd(message.message)
  return end === null || end === undefined || end < 1 ? 0 : end
}

function loginEnd(message: `0x${string}`): number | undefined {
  const text = messageText(message)
  const siwe = text === null ? null : readSiwe(text)
  return siwe === null || siwe === 'malformed' ? undefined : siwe.expirationTime
}
