import { decodeFunctionResult, encodeFunctionData, type Address, type Hex } from 'viem'
import { chainStatuses, SessionStateError, type ChainSession } from '@/lib/account/codecs/chainSession'
import { encodeSpec } from '@/lib/account/codecs/latchkey/encodeSpec'
import { sessionKeyValidatorAbi } from '@/lib/chains/abi/sessionKeyValidator.gen'
import { limitedCells } from '@/lib/policy/cells'
import type { SessionSpec, UsageLimit } from '@/lib/policy/spec'
import type { CellId, Used } from '@/lib/policy/usage'

/** Calldata of the session module's view `sessionState`. */
export function encodeSessionStateCall(account: Address, spec: SessionSpec): Hex {
  const args = [account, encodeSpec(spec)] as const
  return encodeFunctionData({ abi: sessionKeyValidatorAbi, functionName: 'sessionState', args })
}

/**
 * Reads the answer of `sessionState`.
 *
 * @throws {SessionStateError} The answer does not fit the spec.
 */
export function decodeSessionState(spec: SessionSpec, result: Hex): ChainSession {
  const state = decodeFunctionResult({
    abi: sessionKeyValidatorAbi,
    functionName: 'sessionState',
    data: result,
  })
  const status = chainStatuses[state.status]
  if (status === undefined) throw new SessionStateError()
  // The numbers of a session that is not active mean nothing.
  if (status !== 'active') return { status, usage: {} }
  const left = new Map<CellId, { left: bigint; periodEnd: number }>()
  left.set('fee', { left: state.feeLeft, periodEnd: state.feePeriodEnd })
  for (const [index, policy] of state.policies.entries()) {
    left.set(`${index}.value`, { left: policy.valueLeft, periodEnd: policy.valuePeriodEnd })
    left.set(`${index}.uses`, { left: policy.usesLeft, periodEnd: policy.usesPeriodEnd })
    for (const [place, constraint] of policy.constraints.entries())
      left.set(`${index}.argument.${place}`, constraint)
  }
  const usage: Partial<Record<CellId, Used>> = {}
  for (const { cell, limit } of limitedCells(spec)) {
    const entry = left.get(cell)
    if (!entry || entry.left > limit.limit) throw new SessionStateError()
    const used = usedOf(limit, entry.left, entry.periodEnd)
    if (used.used > 0n) usage[cell] = used
  }
  return { status, usage }
}

function usedOf({ limitType, limit, period }: UsageLimit, left: bigint, periodEnd: number): Used {
  return { used: limit - left, period: limitType === 'Allowance' ? Math.floor(periodEnd / period) - 1 : 0 }
}
