import { encodeFunctionData, type Hex } from 'viem'
import type { OwnedPasskey, RawSignature } from '@/lib/account/codecs/AccountCodec'
import { expectZksyncSso } from '@/lib/account/codecs/zksyncSso/expectZksyncSso'
import { ecdsaBytes } from '@/lib/account/codecs/zksyncSso/sessionSignature'
import { wireSpec } from '@/lib/account/codecs/zksyncSso/wireSpec'
import { zksyncPasskeyAbi, zksyncSessionAbi } from '@/lib/chains/abi/zksyncSso'
import type { Deployment } from '@/lib/chains/network'
import { BaseError } from '@/lib/errors/BaseError'
import type { Call } from '@/lib/policy/call'
import type { SessionSpec } from '@/lib/policy/spec'

/**
 * The call by which an account creates a session.
 *
 * @param proof - By the session key, over the hash that `sessionProofHash` gives.
 * @throws {SpecEncodingError} The spec does not fit the contracts.
 */
export function createSessionCall(
  deployment: Deployment,
  spec: SessionSpec,
  proof: RawSignature | null,
): Call {
  if (proof === null) throw new ProofMissingError()
  const args = [wireSpec(spec), ecdsaBytes(proof)] as const
  const data = encodeFunctionData({ abi: zksyncSessionAbi, functionName: 'createSession', args })
  return { to: expectZksyncSso(deployment).sessionKeyValidator, value: 0n, data }
}

/** The call by which an account ends sessions for good. The module refuses one that is not active. */
export function revokeSessionsCall(deployment: Deployment, ids: readonly Hex[]): Call {
  const [only, second] = ids
  const data =
    only !== undefined && second === undefined
      ? encodeFunctionData({ abi: zksyncSessionAbi, functionName: 'revokeKey', args: [only] })
      : encodeFunctionData({ abi: zksyncSessionAbi, functionName: 'revokeKeys', args: [ids] })
  return { to: expectZksyncSso(deployment).sessionKeyValidator, value: 0n, data }
}

/** The call by which an account gets one more owner. */
export function addPasskeyCall(deployment: Deployment, { credentialId, x, y, origin }: OwnedPasskey): Call {
  const args = [credentialId, [x, y], origin] as const
  const data = encodeFunctionData({ abi: zksyncPasskeyAbi, functionName: 'addValidationKey', args })
  return { to: expectZksyncSso(deployment).webAuthnValidator, value: 0n, data }
}

/** The call by which an account loses an owner. The module lets the last one go, too. */
export function removePasskeyCall(deployment: Deployment, { credentialId, origin }: OwnedPasskey): Call {
  const args = [credentialId, origin] as const
  const data = encodeFunctionData({ abi: zksyncPasskeyAbi, functionName: 'removeValidationKey', args })
  return { to: expectZksyncSso(deployment).webAuthnValidator, value: 0n, data }
}

/** A new session's key was not asked to prove itself. */
class ProofMissingError extends BaseError {
  override readonly name = 'Account.ProofMissingError'

  constructor() {
    super('A session of this account needs a proof by its own key.')
  }
}
