import { concat, encodeAbiParameters, parseAbiParameters, type Hex } from 'viem'
import type { OwnedPasskey } from '@/lib/account/codecs/AccountCodec'
import { expectZksyncSso } from '@/lib/account/codecs/zksyncSso/expectZksyncSso'
import type { PasskeySignature } from '@/lib/account/passkeySignature'
import type { Deployment } from '@/lib/chains/network'

const parameters = parseAbiParameters(
  'bytes authenticatorData, string clientDataJSON, bytes32[2] rs, bytes credentialId',
)

type Parts = Omit<PasskeySignature, 'rest'>

/**
 * Signature of an owner operation or, with an appendix behind it, of a message:
 * `validator20 ‖ abi.encode(authenticatorData, clientDataJSON, [r, s], credentialId)`.
 */
export function encodePasskeySignature(
  { r, s, authenticatorData, clientDataJSON }: Parts,
  { credentialId }: Pick<OwnedPasskey, 'credentialId'>,
  _deadline: number,
  deployment: Deployment,
): Hex {
  const payload = encodeAbiParameters(parameters, [authenticatorData, clientDataJSON, [r, s], credentialId])
  return concat([expectZksyncSso(deployment).webAuthnValidator, payload])
}

/**
 * A signature for gas estimation: well-formed, of a key of the account, user verified, wrong. The validator reverts at flags or client
 * data that it cannot take, so both are such as authenticators write them, as long as the longest.
 */
export function passkeyStub(
  passkey: Pick<OwnedPasskey, 'credentialId' | 'origin'>,
  deadline: number,
  deployment: Deployment,
): Hex {
  const filler: Hex = `0x${'42'.repeat(32)}`
  // RP id hash, flags (user present, verified, extension data), counter, extension data.
  const authenticatorData = concat([filler, '0x85', `0x${'42'.repeat(4 + 95)}`])
  const challenge = 'QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI'
  const clientDataJSON = `{"type":"webauthn.get","challenge":"${challenge}","origin":"${passkey.origin}","crossOrigin":false,"extra":"${'x'.repeat(120)}"}`
  return encodePasskeySignature(
    { r: filler, s: filler, authenticatorData, clientDataJSON },
    passkey,
    deadline,
    deployment,
  )
}
