import { concat, numberToHex, type Hex } from 'viem'
import type { RawSignature, SessionSignatureParts } from '@/lib/account/codecs/AccountCodec'
import { encodeSpec } from '@/lib/account/codecs/latchkey/encodeSpec'
import { BaseError } from '@/lib/errors/BaseError'

/** Half the order of the secp256k1 group: `s` above it is refused on chain. */
const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

type LatchkeyParts = Omit<SessionSignatureParts, 'deployment'>

/**
 * Signature of a session operation: `r32 ‖ vs32 ‖ t6 ‖ deadline6 ‖ policyIndex1 per call ‖ spec`.
 *
 * @param signature - Raw ECDSA signature over `sessionHash` (EIP-191 not applied), low `s`.
 * @see https://eips.ethereum.org/EIPS/eip-2098
 * @throws {HighSError} `s` is in the upper half.
 */
export function encodeSessionSignature(parts: LatchkeyParts, { r, s, yParity }: RawSignature): Hex {
  if (BigInt(s) > halfOrder) throw new HighSError()
  const vs = BigInt(s) | (BigInt(yParity) << 255n)
  return encode(parts, numberToHex(BigInt(r), { size: 32 }), numberToHex(vs, { size: 32 }))
}

/** A signature for gas estimation: every check and write runs, then the answer is SIG_VALIDATION_FAILED. */
export function sessionStub(parts: LatchkeyParts): Hex {
  const filler: Hex = `0x${'42'.repeat(32)}`
  return encode(parts, filler, filler)
}

function encode({ spec, timestamp, deadline, policyIndex }: LatchkeyParts, r: Hex, vs: Hex): Hex {
  return concat([
    r,
    vs,
    numberToHex(timestamp, { size: 6 }),
    numberToHex(deadline, { size: 6 }),
    ...policyIndex.map((index) => numberToHex(index, { size: 1 })),
    encodeSpec(spec),
  ])
}

/** A signature's `s` is in the upper half of the group. */
export class HighSError extends BaseError {
  override readonly name = 'Account.HighSError'

  constructor() {
    super('The session signature has a high s, which the contracts refuse.')
  }
}
