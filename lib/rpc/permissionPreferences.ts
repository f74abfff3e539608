import type { Address } from 'viem'
import type { InferOutput } from 'valibot'
import { UnmappablePermissionError } from '@/lib/rpc/errors'
import type { grantSchema } from '@/lib/rpc/grantSchema'

/** What a site asks for with `wallet_grantPermissions`. */
export type GrantRequest = InferOutput<typeof grantSchema>

type Permission = GrantRequest['permissions'][number]

/** Session preferences in the canonical form, and the permissions that they stand for. */
export type MappedGrant = { readonly preferences: object; readonly granted: readonly Permission[] }

/**
 * Turns permissions of the older ERC-7715 into session preferences. A permission that is not required and does not map is left out; a
 * policy never is, as it narrows what is given.
 *
 * | Permission | Session |
 * |---|---|
 * | `erc20-token-transfer` with `token-allowance` | calls of `transfer`, amounts counted against the allowance |
 * | `native-token-transfer` with `to` and `token-allowance` | transfers to that recipient |
 * | `contract-call` with `calls` | calls of those functions |
 * | policies `call-limit`, `rate-limit` | uses, in all or a period |
 * | policy `gas-limit` (in wei) | fee limit, the smallest one |
 *
 * @throws {UnmappablePermissionError} 5700, with the reason.
 */
export function permissionPreferences({ expiry, permissions, signer }: GrantRequest): MappedGrant {
  if (signer !== undefined && signer.type !== 'wallet')
    throw new UnmappablePermissionError(
      `a signer of the type "${signer.type}" cannot be given a session: its key is the wallet's own. Use {type: "wallet"}, or leave it out.`,
    )
  const transfers: object[] = []
  const callPolicies: object[] = []
  const fees: bigint[] = []
  const granted: Permission[] = []
  const reasons: string[] = []
  for (const permission of permissions) {
    const mapped = mapPermission(permission)
    if (typeof mapped === 'string') {
      if (permission.required) throw new UnmappablePermissionError(mapped)
      reasons.push(mapped)
      continue
    }
    granted.push(permission)
    transfers.push(...mapped.transfers)
    callPolicies.push(...mapped.callPolicies)
    if (mapped.fee !== undefined) fees.push(mapped.fee)
  }
  if (granted.length === 0) throw new UnmappablePermissionError(reasons[0] ?? 'nothing is asked for.')
  const feeLimit = fees.length > 0 ? { feeLimit: hex(fees.reduce((a, b) => (a < b ? a : b))) } : {}
  return { preferences: { expiry: hex(secondsOf(expiry)), ...feeLimit, transfers, callPolicies }, granted }
}

type Mapped = {
  readonly transfers: object[]
  readonly callPolicies: object[]
  readonly fee: bigint | undefined
}

/** The reason as text when it does not map. */
function mapPermission({ type, data, policies }: Permission): Mapped | string {
  const known = new Set(['token-allowance', 'gas-limit', 'call-limit', 'rate-limit'])
  const odd = policies.find((policy) => !known.has(policy.type))
  if (odd !== undefined) return `the policy "${odd.type}" has no counterpart in a session.`
  const of = (name: string) => policies.filter((policy) => policy.type === name)
  const [allowances, counts] = [of('token-allowance'), [...of('call-limit'), ...of('rate-limit')]]
  if (allowances.length > 1 || counts.length > 1) return 'a permission can have one allowance and one count.'
  const [count] = counts
  const uses = count === undefined ? {} : { useLimit: useLimitOf(count.data) }
  const allowance = allowances[0]?.data.allowance ?? data.allowance
  const fees = of('gas-limit').flatMap(({ data: { limit } }) => (limit === undefined ? [] : [limit]))
  const fee = fees.reduce<bigint | undefined>(
    (least, limit) => (least && least < limit ? least : limit),
    undefined,
  )
  const result = (part: Partial<Mapped>): Mapped => ({ transfers: [], callPolicies: [], fee, ...part })

  if (type === 'native-token-transfer') {
    if (data.to === undefined)
      return 'native-token-transfer names no recipient, and a session pays only those that are listed. Add `data.to`.'
    if (allowance === undefined)
      return 'native-token-transfer has no token-allowance, and a session has no payments without a limit.'
    return result({ transfers: [{ to: data.to, valueLimit: hex(allowance), ...uses }] })
  }
  if (type === 'erc20-token-transfer') {
    if (data.address === undefined || allowance === undefined)
      return 'erc20-token-transfer needs the token as `data.address` and a token-allowance.'
    return result({ callPolicies: [transferPolicy(data.address, allowance, uses)] })
  }
  if (type === 'contract-call') {
    if (data.address === undefined || data.calls === undefined || data.calls.length === 0)
      return 'contract-call needs `data.address`, and functions such as "plant(uint256)" in `data.calls`.'
    if (allowance !== undefined) return 'a token-allowance does not go with contract-call.'
    return result({
      callPolicies: data.calls.map((call) => ({ target: data.address, function: call, ...uses })),
    })
  }
  return `the permission "${type}" has no counterpart in a session.`
}

function transferPolicy(target: Address, allowance: bigint, uses: object): object {
  const constraints = [{ index: 1, limit: { limit: hex(allowance) } }]
  return { target, function: 'transfer(address to, uint256 amount)', constraints, ...uses }
}

function useLimitOf({
  count,
  interval,
}: {
  count?: bigint | undefined
  interval?: bigint | undefined
}): object {
  const limit = hex(count ?? 0n)
  return interval === undefined ? { limit } : { limit, period: hex(interval) }
}

/** Seconds, as the standard has it; milliseconds, which some clients send, are told by their size. */
const secondsOf = (expiry: bigint) => (expiry > 100_000_000_000n ? expiry / 1000n : expiry)

const hex = (value: bigint) => `0x${value.toString(16)}`
