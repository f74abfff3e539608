import {
  isAddressEqual,
  parseAbiItem,
  toFunctionSelector,
  type AbiFunction,
  type Address,
  type Hex,
} from 'viem'
import type { SessionSpec, TransferPolicy, UsageLimit } from '@/lib/policy/spec'
import type { GrantRequest } from '@/lib/rpc/permissionPreferences'

type Permission = GrantRequest['permissions'][number]
type Rule = Permission['policies'][number]

const transfer: Hex = '0xa9059cbb'

/**
 * Permissions of the older ERC-7715 as the owner granted them, who took something away: functions and recipients that are left, with
 * the limits of the session. A limit of a period is told as the allowance of one period, as the standard knows no other.
 */
export function narrowedPermissions(permissions: readonly Permission[], spec: SessionSpec): Permission[] {
  return permissions.flatMap((permission): Permission[] => {
    const { type, data } = permission
    const own = spec.callPolicies.filter((policy) => isSame(policy.target, data.address))
    if (type === 'native-token-transfer') {
      const policy = spec.transferPolicies.find(({ target }) => isSame(target, data.to))
      return policy === undefined ? [] : [withRules(permission, policy, policy.valueLimit, spec)]
    }
    if (type === 'erc20-token-transfer') {
      const policy = own.find(({ selector }) => selector === transfer)
      const limit = policy?.constraints.find(({ index }) => index === 1)?.limit
      return policy === undefined ? [] : [withRules(permission, policy, limit, spec)]
    }
    // Each function may have limits of its own by now.
    return own.flatMap((policy) => {
      const calls = data.calls?.filter((call) => selectorOf(call) === policy.selector) ?? []
      return calls.length === 0
        ? []
        : [withRules({ ...permission, data: { ...data, calls } }, policy, undefined, spec)]
    })
  })
}

function withRules(
  permission: Permission,
  { useLimit }: Pick<TransferPolicy, 'useLimit'>,
  allowance: UsageLimit | undefined,
  { feeLimit }: SessionSpec,
): Permission {
  const rules: Rule[] = []
  if (allowance !== undefined) rules.push({ type: 'token-allowance', data: { allowance: allowance.limit } })
  if (useLimit.limitType === 'Lifetime') rules.push({ type: 'call-limit', data: { count: useLimit.limit } })
  if (useLimit.limitType === 'Allowance')
    rules.push({ type: 'rate-limit', data: { count: useLimit.limit, interval: BigInt(useLimit.period) } })
  if (permission.policies.some(({ type }) => type === 'gas-limit'))
    rules.push({ type: 'gas-limit', data: { limit: feeLimit.limit } })
  return { ...permission, data: withoutAllowance(permission.data), policies: rules }
}

const withoutAllowance = ({ allowance: _, ...data }: Permission['data']): Permission['data'] => data
const isSame = (a: Address, b: Address | undefined) => b !== undefined && isAddressEqual(a, b)
const selectorOf = (call: string) => toFunctionSelector(parseAbiItem(`function ${call}`) as AbiFunction)
