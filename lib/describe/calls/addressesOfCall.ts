import { size, type Address, type Hex } from 'viem'
import { decodeExactly } from '@/lib/describe/calls/decodeExactly'
import { innerCalls } from '@/lib/describe/calls/innerCalls'
import { readPath } from '@/lib/describe/calls/readPath'
import { standardFunction } from '@/lib/describe/calls/standardFunction'
import type { Call } from '@/lib/policy/call'

/** An address that a call reaches, and as what. */
export type ReachedAddress = { readonly role: string; readonly address: Address }

/** Most addresses that are told of one call. */
const most = 40
const deepest = 3

/** Whom a call reaches, each once: its target, and everybody whom the arguments of a standard function name, inside a multicall too. */
export function addressesOfCall(call: Call, account?: Address): ReachedAddress[] {
  const byName = new Map(
    reached(call, account, 0, { left: most }).map((one) => [`${one.role} ${one.address.toLowerCase()}`, one]),
  )
  return [...byName.values()].slice(0, most)
}

function reached(
  call: Call,
  account: Address | undefined,
  depth: number,
  budget: { left: number },
): ReachedAddress[] {
  const { to, data } = call
  if (data === '0x') return [{ role: 'Recipient', address: to }]
  const contract = { role: 'Contract', address: to }
  if (size(data) < 4) return [contract]
  const carried = depth < deepest ? innerCalls(call, account) : null
  if (carried !== null) {
    const inner = carried.calls.slice(0, budget.left)
    budget.left -= inner.length
    return [...inner.flatMap((one) => reached(one, account, depth + 1, budget)), contract]
  }
  const standard = standardFunction(data.slice(0, 10).toLowerCase() as Hex)
  const args = standard === null ? null : decodeExactly(standard.item, data)
  if (standard === null || args === null) return [contract]
  const { item, descriptor } = standard
  const named = descriptor.fields.flatMap(({ path, label, format }) => {
    const value =
      format === 'addressName' && path !== '@.to' ? readPath({ call, item, args }, path) : undefined
    return typeof value === 'string' ? [{ role: label, address: value.toLowerCase() as Address }] : []
  })
  return [...named, contract]
}
