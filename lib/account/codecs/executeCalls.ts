import {
  concat,
  decodeAbiParameters,
  decodeFunctionData,
  encodeAbiParameters,
  encodeFunctionData,
  numberToHex,
  parseAbi,
  parseAbiParameters,
  size,
  slice,
  type Hex,
} from 'viem'
import { BaseError } from '@/lib/errors/BaseError'
import type { Call } from '@/lib/policy/call'

const executeAbi = parseAbi(['function execute(bytes32 mode, bytes data) payable'])
const batchParameters = parseAbiParameters('(address target, uint256 value, bytes callData)[]')

/** ERC-7579 modes: single and batch, both with the default exec type (all or nothing). */
const singleMode: Hex = `0x${'00'.repeat(32)}`
const batchMode: Hex = `0x01${'00'.repeat(31)}`

/**
 * Encodes calls as the account's `execute`: one call in single mode, more in batch mode. The encoding is the strictly canonical
 * one that the account demands of sessions.
 *
 * @param calls - At least one.
 * @throws {NoCallsError} There is no call.
 */
export function encodeExecute(calls: readonly Call[]): Hex {
  const [first, second] = calls
  if (!first) throw new NoCallsError()
  if (!second) {
    const data = concat([first.to, numberToHex(first.value, { size: 32 }), first.data])
    return encodeFunctionData({ abi: executeAbi, functionName: 'execute', args: [singleMode, data] })
  }
  const batch = calls.map(({ to, value, data }) => ({ target: to, value, callData: data }))
  const data = encodeAbiParameters(batchParameters, [batch])
  return encodeFunctionData({ abi: executeAbi, functionName: 'execute', args: [batchMode, data] })
}

/**
 * Reads the calls out of an `execute` calldata.
 *
 * @throws {ExecuteDecodingError} It is not what {@link encodeExecute} writes.
 */
export function decodeExecute(callData: Hex): Call[] {
  const calls = readCalls(callData)
  if (calls.length === 0 || encodeExecute(calls) !== callData.toLowerCase())
    throw new ExecuteDecodingError(null)
  return calls
}

function readCalls(callData: Hex): Call[] {
  try {
    const [mode, data] = decodeFunctionData({ abi: executeAbi, data: callData }).args
    if (mode === singleMode) {
      const rest = size(data) > 52 ? slice(data, 52) : '0x'
      return [{ to: slice(data, 0, 20), value: BigInt(slice(data, 20, 52)), data: rest }]
    }
    const [batch] = decodeAbiParameters(batchParameters, data)
    return batch.map(({ target, value, callData: inner }) => ({ to: target, value, data: inner }))
  } catch (error) {
    throw new ExecuteDecodingError(error)
  }
}

/** An operation needs a call. */
export class NoCallsError extends BaseError {
  override readonly name = 'Account.NoCallsError'

  constructor() {
    super('An operation needs at least one call.', { code: -32602 })
  }
}

/** Calldata is not a canonical `execute`. */
export class ExecuteDecodingError extends BaseError {
  override readonly name = 'Account.ExecuteDecodingError'

  constructor(cause: unknown) {
    super('The calldata is not a canonical `execute` of this account.', cause === null ? {} : { cause })
  }
}
