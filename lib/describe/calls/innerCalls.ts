import { parseAbiItem, size, type AbiFunction, type Address, type Hex } from 'viem'
import { decodeExecute, ExecuteDecodingError } from '@/lib/account/codecs/executeCalls'
import { decodeExactly } from '@/lib/describe/calls/decodeExactly'
import type { Call } from '@/lib/policy/call'

/** Calls that a call carries. */
export type InnerCalls = {
  readonly name: string
  readonly calls: readonly Call[]
  /**
   * Who makes them: the account itself, the called contract, or the called contract as if each was the whole call (`multicall`): it
   * sees the account as the sender, and the value of the whole.
   */
  readonly by: 'account' | 'contract' | 'multicall'
}

type Carrier = {
  readonly signature: string
  readonly read: (args: readonly unknown[], call: Call) => Call[]
}

const itself =
  (index: number) =>
  (args: readonly unknown[], { to, value }: Call) =>
    (args[index] as readonly Hex[]).map((data) => ({ to, value, data }))

type Aggregated = { readonly target: Address; readonly value?: bigint; readonly callData: Hex }
const others = (index: number) => (args: readonly unknown[]) =>
  (args[index] as readonly Aggregated[]).map(({ target, value = 0n, callData }) => ({
    to: target,
    value,
    data: callData,
  }))

const multicalls: Readonly<Record<Hex, Carrier>> = {
  '0xac9650d8': { signature: 'multicall(bytes[] data)', read: itself(0) },
  '0x5ae401dc': { signature: 'multicall(uint256 deadline, bytes[] data)', read: itself(1) },
  '0x1f0464d1': { signature: 'multicall(bytes32 previousBlockhash, bytes[] data)', read: itself(1) },
}
const aggregates: Readonly<Record<Hex, Carrier>> = {
  '0x252dba42': { signature: 'aggregate((address target, bytes callData)[] calls)', read: others(0) },
  '0xbce38bd7': {
    signature: 'tryAggregate(bool requireSuccess, (address target, bytes callData)[] calls)',
    read: others(1),
  },
  '0x82ad56cb': {
    signature: 'aggregate3((address target, bool allowFailure, bytes callData)[] calls)',
    read: others(0),
  },
  '0x174dea71': {
    signature: 'aggregate3Value((address target, bool allowFailure, uint256 value, bytes callData)[] calls)',
    read: others(0),
  },
}

/** Signatures of the functions whose calls {@link innerCalls} reads, by selector. */
export const carriers: Readonly<Record<Hex, string>> = Object.fromEntries(
  Object.entries({ ...multicalls, ...aggregates }).map(([selector, { signature }]) => [selector, signature]),
)

/**
 * The calls inside a `multicall`, a Multicall3 `aggregate` or the account's own `execute`.
 *
 * @returns `null` when it is none of these, or its data is not exactly that of one.
 */
export function innerCalls(call: Call, account: Address | undefined): InnerCalls | null {
  const { to, data } = call
  if (size(data) < 4) return null
  const selector = data.slice(0, 10).toLowerCase() as Hex
  if (selector === '0xe9ae5c53' && to.toLowerCase() === account?.toLowerCase()) return executed(data)
  const carrier = multicalls[selector] ?? aggregates[selector]
  if (carrier === undefined) return null
  const item = parseAbiItem(`function ${carrier.signature}`) as unknown as AbiFunction
  const args = decodeExactly(item, data)
  if (args === null) return null
  return {
    name: item.name,
    calls: carrier.read(args, call),
    by: selector in multicalls ? 'multicall' : 'contract',
  }
}

function executed(data: Hex): InnerCalls | null {
  try {
    return { name: 'execute', calls: decodeExecute(data), by: 'account' }
  } catch (error) {
    if (error instanceof ExecuteDecodingError) return null
    throw error
  }
}
