import { encodeFunctionData, parseAbi, type Address, type Hex } from 'viem'
import { encodeSpec } from '@/lib/account/codecs/latchkey/encodeSpec'
import type { Call } from '@/lib/policy/call'
import type { SessionSpec } from '@/lib/policy/spec'

const sessionAbi = parseAbi([
  'function createSession(bytes spec) returns (bytes32 id)',
  'function revokeSession(bytes32 id)',
  'function revokeSessions(bytes32[] ids)',
])

/** The call by which an account creates a session. @throws {SpecEncodingError} The spec does not fit the layout. */
export function createSessionCall(sessionModule: Address, spec: SessionSpec): Call {
  const data = encodeFunctionData({
    abi: sessionAbi,
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
      ? encodeFunctionData({ abi: sessionAbi, functionName: 'revokeSession', args: [only] })
      : encodeFunctionData({ abi: sessionAbi, functionName: 'revokeSessions', args: [ids] })
  return { to: sessionModule, value: 0n, data }
}
