import { size, type Address, type Hex } from 'viem'
import { decodeExactly } from '@/lib/describe/calls/decodeExactly'
import { innerCalls } from '@/lib/describe/calls/innerCalls'
import { readPath } from '@/lib/describe/calls/readPath'
import { standardFunction } from '@/lib/describe/calls/standardFunction'
import type { Call } from '@/lib/policy/call'

/** Most contracts that are named for one request. */
const most = 24
const deepest = 3
/** Calls inside calls that are looked at. */
const mostInner = 64

/** Contracts that may be tokens and whose units the description of calls needs: those called, and those that their arguments name. */
export function tokensOfCalls(calls: readonly Call[], account: Address | undefined): Address[] {
  const budget = { left: mostInner }
  const found = calls.flatMap((call) => tokensOf(call, account, 0, budget))
  return [...new Set(found.map((address) => address.toLowerCase() as Address))].slice(0, most)
}

function tokensOf(
  call: Call,
  account: Address | undefined,
  depth: number,
  budget: { left: number },
): Address[] {
  const { to, data } = call
  if (data === '0x' || size(data) < 4) return []
  const carried = depth < deepest ? innerCalls(call, account) : null
  if (carried !== null)
    return take(carried.calls, budget).flatMap((inner) => tokensOf(inner, account, depth + 1, budget))
  const standard = standardFunction(data.slice(0, 10).toLowerCase() as Hex)
  const args = standard === null ? null : decodeExactly(standard.item, data)
  if (standard === null || args === null) return [to]
  const { item, descriptor } = standard
  const named = descriptor.fields.flatMap((field) => {
    const token = 'token' in field ? readPath({ call, item, args }, field.token) : undefined
    return typeof token === 'string' ? [token as Address] : []
  })
  return [to, ...named]
}

/** The first calls, as far as the budget goes. */
function take(calls: readonly Call[], budget: { left: number }): readonly Call[] {
  const taken = calls.slice(0, budget.left)
  budget.left -= taken.length
  return taken
}
