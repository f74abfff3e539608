import { concat, numberToHex, size, stringToHex, type Hex } from 'viem'
import type { OwnedPasskey } from '@/lib/account/codecs/AccountCodec'
import type { PasskeySignature } from '@/lib/account/passkeySignature'

/**
 * Signature of an owner operation or, with an appendix behind it, of a message: `r32 ‖ s32 ‖ x32 ‖ y32 ‖ deadline6 ‖ authLen1 ‖ originLen1 ‖ authenticatorData ‖ origin ‖ rest`.
 *
 * @param deadline - Unix seconds; 0 means no end, for messages only.
 */
export function encodePasskeySignature(
  { r, s, authenticatorData, rest }: Omit<PasskeySignature, 'clientDataJSON'>,
  { x, y, origin }: Omit<OwnedPasskey, 'credentialId'>,
  deadline: number,
): Hex {
  const originBytes = stringToHex(origin)
  return concat([
    r,
    s,
    x,
    y,
    numberToHex(deadline, { size: 6 }),
    numberToHex(size(authenticatorData), { size: 1 }),
    numberToHex(size(originBytes), { size: 1 }),
    authenticatorData,
    originBytes,
    stringToHex(rest),
  ])
}

/**
 * A signature for gas estimation: well-formed, of the account's own key, user verified, wrong. Its authenticator and client data
 * are as long as the longest that authenticators answer, so that the estimate is never too low.
 */
export function passkeyStub(passkey: Omit<OwnedPasskey, 'credentialId'>, deadline: number): Hex {
  const filler: Hex = `0x${'42'.repeat(32)}`
  // RP id hash, flags (user present, verified, extension data), counter, extension data.
  const authenticatorData = concat([filler, '0x85', `0x${'42'.repeat(4 + 95)}`])
  const rest = `,"crossOrigin":false,"extra":"${'x'.repeat(120)}"}`
  return encodePasskeySignature({ r: filler, s: filler, authenticatorData, rest }, passkey, deadline)
}
