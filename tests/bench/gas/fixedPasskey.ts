import { P256 } from 'ox'
import { concat, hexToBytes, keccak256, numberToHex, sha256, stringToHex, toHex, type Hex } from 'viem'
import type { OwnedPasskey } from '@/lib/account/codecs/AccountCodec'
import { codecFor } from '@/lib/account/codecs/codec'

const origin = 'chrome-extension://jiefmlebpmhiphjicpibdkohglkcepgb'

/** A passkey whose signatures are always the same, as Chromium writes them. */
export type FixedPasskey = {
  readonly passkey: OwnedPasskey
  /** Signature of an owner operation. @param deadline - Unix seconds. */
  sign(userOpHash: Hex, deadline: number): Hex
}

/** @param name - Another name, another key. */
export function fixedPasskey(name: string): FixedPasskey {
  const codec = codecFor('latchkey')
  const privateKey = keccak256(toHex(`passkey ${name}`))
  const { x, y } = P256.getPublicKey({ privateKey })
  const passkey = {
    credentialId: keccak256(toHex(`credential ${name}`)),
    x: numberToHex(x, { size: 32 }),
    y: numberToHex(y, { size: 32 }),
    origin,
  }
  return {
    passkey,
    sign(userOpHash, deadline) {
      const challenge = Buffer.from(hexToBytes(codec.passkeyChallenge(userOpHash, deadline))).toString(
        'base64url',
      )
      const rest = ',"crossOrigin":false}'
      const clientData = `{"type":"webauthn.get","challenge":"${challenge}","origin":"${origin}"${rest}`
      // RP id's hash, flags (present, verified, backed up), counter.
      const authenticatorData = concat([sha256(stringToHex(origin)), '0x1d', '0x00000001'])
      const payload = sha256(concat([authenticatorData, sha256(stringToHex(clientData))]))
      const { r, s } = P256.sign({ payload, privateKey })
      const signature = {
        r: numberToHex(r, { size: 32 }),
        s: numberToHex(s, { size: 32 }),
        authenticatorData,
        rest,
      }
      return codec.passkeySignature(signature, passkey, deadline)
    },
  }
}
