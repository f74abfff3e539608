import { encodeFunctionData, type Address, type Hex } from 'viem'
import { encodeSpec } from '@/lib/account/codecs/latchkey/encodeSpec'
import { sessionKeyValidatorAbi } from '@/lib/chains/abi/sessionKeyValidator.gen'
import type { Call } from '@/lib/policy/call'
import type { SessionSpec } from '@/lib/policy/spec'

/** The call by which an account creates a session. @throws {SpecEncodingError} The spec does not fit the layout. */
export function createSessionCall(sessionModule: Address, spec: SessionSpec): Call {
  const data = encodeFunctionData({
    abi: sessionKeyValidatorAbi,
    functionName: 'createSession',
    args: [encodeSpec(spec)],
  })
  return { to: sessionModule, value: 0n, data }
}

/** The call by which an account ends sessions for good. */
export function revokeSessionsCall(sessionModule: Address, ids: readonly Hex[]): Call {
  const [only, second] = ids
  const data =
    only !== undefined && second === undefined
      ? encodeFunctionData({ abi: sessionKeyValidatorAbi, functionName: 'revokeSession', args: [only] })
      : encodeFunctionData({ abi: sessionKeyValidatorAbi, functionName: 'revokeSessions', args: [ids] })
  return { to: sessionModule, value: 0n, data }
}
