import type { Hex } from 'viem'
import { sign } from 'viem/accounts'
import type { RawSignature } from '@/lib/account/codecs/AccountCodec'

/** Signs 32 bytes: raw secp256k1, low `s`, no prefix. */
export async function signRaw(hash: Hex, privateKey: Hex): Promise<RawSignature> {
  const { r, s, yParity } = await sign({ hash, privateKey, to: 'object' })
  return { r, s, yParity: yParity ?? 0 }
}
