import { createHash, createSign, generateKeyPairSync } from 'node:crypto'
import { bytesToHex, hexToBytes, type Hex } from 'viem'
import type { Account, Passkey } from '@/lib/account/account'
import { codecFor } from '@/lib/account/codecs/codec'
import type { PasskeyAnswer } from '@/lib/account/passkeySignature'
import type { Deployment } from '@/lib/chains/network'

const origin = 'chrome-extension://jiefmlebpmhiphjicpibdkohglkcepgb'

/** A passkey in software. */
export type SoftPasskey = { readonly passkey: Passkey; assert(challenge: Hex): PasskeyAnswer }

/** Makes a passkey that answers like a user-verifying authenticator. */
export function softPasskey(): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const credentialId = bytesToHex(crypto.getRandomValues(new Uint8Array(32)))
  const passkey: Passkey = {
    credentialId,
    x: bytesToHex(Buffer.from(x, 'base64url')),
    y: bytesToHex(Buffer.from(y, 'base64url')),
    origin,
    rpId: 'jiefmlebpmhiphjicpibdkohglkcepgb',
    createdAt: 0,
    prf: true,
    backupEligible: true,
  }
  return {
    passkey,
    assert(challenge) {
      const encoded = Buffer.from(hexToBytes(challenge)).toString('base64url')
      const clientDataJSON = `{"type":"webauthn.get","challenge":"${encoded}","origin":"${origin}","crossOrigin":false}`
      const rpIdHash = createHash('sha256').update(origin).digest()
      const authenticatorData = Buffer.concat([rpIdHash, Buffer.from([0x1d, 0, 0, 0, 1])])
      const clientDataHash = createHash('sha256').update(clientDataJSON).digest()
      const signature = createSign('sha256')
        .update(Buffer.concat([authenticatorData, clientDataHash]))
        .sign(privateKey)
      return {
        authenticatorData: bytesToHex(authenticatorData),
        clientDataJSON,
        signature: bytesToHex(signature),
      }
    },
  }
}

/** An account of a passkey, not deployed anywhere. */
export function accountOf(deployment: Deployment, passkey: Passkey): Account {
  const address = codecFor(deployment.kind).accountAddress({ deployment, passkey, index: 0n })
  if (address === null) throw new Error('The chain would have to be asked for the address.')
  return {
    id: address.toLowerCase(),
    address,
    name: 'Account',
    kind: deployment.kind,
    factory: deployment.factory,
    index: 0n,
    passkeys: [passkey],
    createdAt: 0,
    deployedOn: [],
  }
}
