import { decodeFunctionResult, encodeFunctionData, type Address, type Hex } from 'viem'
import { chainStatuses, SessionStateError, type ChainSession } from '@/lib/account/codecs/chainSession'
import { wireSpec } from '@/lib/account/codecs/zksyncSso/wireSpec'
import { zksyncSessionAbi } from '@/lib/chains/abi/zksyncSso'
import { limitedCells } from '@/lib/policy/cells'
import type { SessionSpec, UsageLimit } from '@/lib/policy/spec'
import type { CellId, Used } from '@/lib/policy/usage'
import { periodOf } from '@/lib/policy/usageLimit'

/** Calldata of the session module's view `sessionState`. */
export function encodeSessionStateCall(account: Address, spec: SessionSpec): Hex {
  const args = [account, wireSpec(spec)] as const
  return encodeFunctionData({ abi: zksyncSessionAbi, functionName: 'sessionState', args })
}

/**
 * Reads the answer of `sessionState`. Uses are not counted on chain, so that there is no usage of them.
 *
 * @param timestamp - Of the block that answered, unix seconds: its figures are of the periods of that moment.
 * @throws {SessionStateError} The answer does not fit the spec.
 */
export function decodeSessionState(spec: SessionSpec, result: Hex, timestamp: number): ChainSession {
  const state = decodeFunctionResult({ abi: zksyncSessionAbi, functionName: 'sessionState', data: result })
  const status = chainStatuses[state.status]
  if (status === undefined) throw new SessionStateError()
  if (status !== 'active') return { status, usage: {} }
  const left = remainingByCell(spec, state)
  const usage: Partial<Record<CellId, Used>> = {}
  for (const { cell, limit, subject } of limitedCells(spec)) {
    if (subject.kind === 'uses') continue
    const remaining = left.get(cell)
    if (remaining === undefined || remaining > limit.limit) throw new SessionStateError()
    if (remaining < limit.limit) usage[cell] = usedOf(limit, remaining, timestamp)
  }
  return { status, usage }
}

type State = {
  readonly feesRemaining: bigint
  readonly transferValue: readonly { readonly remaining: bigint }[]
  readonly callValue: readonly { readonly remaining: bigint }[]
  readonly callParams: readonly { readonly remaining: bigint }[]
}

/** The module lists every value limit, and of the constraints those that have a limit, each in the order of the spec. */
function remainingByCell({ transferPolicies, callPolicies }: SessionSpec, state: State): Map<CellId, bigint> {
  const left = new Map<CellId, bigint>([['fee', state.feesRemaining]])
  for (const [index, { remaining }] of state.transferValue.entries()) left.set(`${index}.value`, remaining)
  const first = transferPolicies.length
  for (const [index, { remaining }] of state.callValue.entries())
    left.set(`${first + index}.value`, remaining)
  const params = [...state.callParams]
  for (const [index, { constraints }] of callPolicies.entries())
    for (const [place, { limit }] of constraints.entries()) {
      if (limit.limitType === 'Unlimited') continue
      const param = params.shift()
      if (param === undefined) throw new SessionStateError()
      left.set(`${first + index}.argument.${place}`, param.remaining)
    }
  if (params.length > 0) throw new SessionStateError()
  return left
}

function usedOf(limit: UsageLimit, remaining: bigint, timestamp: number): Used {
  return { used: limit.limit - remaining, period: periodOf(limit, timestamp) }
}
