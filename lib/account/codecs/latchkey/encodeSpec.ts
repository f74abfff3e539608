import { concat, numberToHex, size, trim, type Hex } from 'viem'
import { SpecEncodingError } from '@/lib/account/codecs/specErrors'
import { isCanonicalOrder } from '@/lib/policy/canonicalSpec'
import { cellsOfPolicy, policiesOf, type AnyPolicy } from '@/lib/policy/cells'
import { conditions, limitTypes, type Constraint, type SessionSpec, type UsageLimit } from '@/lib/policy/spec'

/** Most cells of one session. */
const maximumCells = 256

/**
 * Packs a session spec as the session module reads it (`contracts/README.md`, "Spec").
 *
 * @param spec - In canonical order.
 * @throws {SpecEncodingError} A value is wider than its field, a rule of the layout is broken, or the order is not canonical.
 */
export function encodeSpec(spec: SessionSpec): Hex {
  const { feeLimit, paymaster } = spec
  const policies = policiesOf(spec)
  if (!isCanonicalOrder(spec)) throw new SpecEncodingError('policies', 'must stand in canonical order')
  if (policies.length === 0) throw new SpecEncodingError('policies', 'must not be empty')
  if (BigInt(spec.signer) === 0n) throw new SpecEncodingError('signer', 'must not be zero')
  if (feeLimit.limitType === 'Unlimited') throw new SpecEncodingError('feeLimit', 'must not be unlimited')
  const feeAllowance = feeLimit.limitType === 'Allowance'
  const mode = { None: 0, Listed: 1, Any: 2 }[paymaster.mode]
  const parts: Hex[] = [
    field(BigInt(spec.signer), 20, 'signer'),
    field(spec.expiresAt, 6, 'expiresAt'),
    field(mode | (feeAllowance ? 4 : 0), 1, 'flags'),
    field(feeLimit.limit, 10, 'feeLimit.limit'),
    field(policies.length, 1, 'policies'),
  ]
  if (feeAllowance) parts.push(periodField(feeLimit.period, 'feeLimit.period'))
  if (paymaster.mode === 'Listed') {
    if (BigInt(paymaster.paymaster) === 0n) throw new SpecEncodingError('paymaster', 'must not be zero')
    parts.push(field(BigInt(paymaster.paymaster), 20, 'paymaster'))
  }
  let cell = feeAllowance ? 1 : 0
  for (const [index, policy] of policies.entries()) {
    parts.push(encodePolicy(policy, index, cell))
    cell += storedCells(policy, index)
  }
  if (cell > maximumCells) throw new SpecEncodingError('policies', `must have at most ${maximumCells} limits`)
  return concat(parts)
}

/** Cells that a policy takes; the lifetime use count of policy 0 stands elsewhere. */
function storedCells(policy: AnyPolicy, index: number): number {
  const inWord0 = index === 0 && policy.useLimit.limitType === 'Lifetime' ? 1 : 0
  return cellsOfPolicy(policy, index).length - inWord0
}

function encodePolicy(policy: AnyPolicy, index: number, firstCell: number): Hex {
  const path = `policies[${index}]`
  const { maxValuePerUse, valueLimit, useLimit } = policy
  const isCall = policy.kind === 'call'
  const constraints = isCall ? policy.constraints : []
  const hasValue = maxValuePerUse > 0n
  const hasCount = useLimit.limitType !== 'Unlimited'
  const flags =
    (isCall ? 1 : 0) |
    (hasValue ? 2 | (limitTypes.indexOf(valueLimit.limitType) << 3) : 0) |
    (hasCount ? 4 : 0) |
    (useLimit.limitType === 'Allowance' ? 32 : 0)
  const parts: Hex[] = [
    field(firstCell, 1, `${path}.firstCell`),
    field(flags, 1, `${path}.flags`),
    field(constraints.length, 1, `${path}.constraints`),
    field(BigInt(policy.target), 20, `${path}.target`),
  ]
  if (isCall) {
    if (size(policy.selector) !== 4) throw new SpecEncodingError(`${path}.selector`, 'must have 4 bytes')
    parts.push(policy.selector)
  }
  if (hasValue) {
    parts.push(field(maxValuePerUse, 12, `${path}.maxValuePerUse`))
    if (valueLimit.limitType !== 'Unlimited')
      parts.push(field(valueLimit.limit, 12, `${path}.valueLimit.limit`))
    if (valueLimit.limitType === 'Allowance')
      parts.push(periodField(valueLimit.period, `${path}.valueLimit.period`))
  }
  if (hasCount) {
    if (useLimit.limit < 1n) throw new SpecEncodingError(`${path}.useLimit.limit`, 'must be at least 1')
    parts.push(field(useLimit.limit, 2, `${path}.useLimit.limit`))
    if (useLimit.limitType === 'Allowance')
      parts.push(periodField(useLimit.period, `${path}.useLimit.period`))
  }
  for (const [place, constraint] of constraints.entries())
    parts.push(encodeConstraint(constraint, `${path}.constraints[${place}]`))
  const body = concat(parts)
  return concat([field(size(body), 2, path), body])
}

function encodeConstraint({ condition, index, refValue, limit }: Constraint, path: string): Hex {
  if (size(refValue) !== 32) throw new SpecEncodingError(`${path}.refValue`, 'must have 32 bytes')
  const hasRef = BigInt(refValue) !== 0n
  if (hasRef && condition === 'Unconstrained')
    throw new SpecEncodingError(`${path}.refValue`, 'must be zero, as nothing is compared')
  const head = conditions.indexOf(condition) | (limitTypes.indexOf(limit.limitType) << 3) | (hasRef ? 32 : 0)
  const parts: Hex[] = [field(head, 1, path), field(index, 1, `${path}.index`)]
  if (hasRef) {
    const reference = trim(refValue)
    parts.push(field(size(reference), 1, `${path}.refValue`), reference)
  }
  return concat([...parts, encodeConstraintLimit(limit, path)])
}

function encodeConstraintLimit({ limitType, limit, period }: UsageLimit, path: string): Hex {
  if (limitType === 'Unlimited') return '0x'
  if (limitType === 'Lifetime') return field(limit, 16, `${path}.limit.limit`)
  return concat([periodField(period, `${path}.limit.period`), field(limit, 12, `${path}.limit.limit`)])
}

function periodField(period: number, path: string): Hex {
  if (period < 1) throw new SpecEncodingError(path, 'must be at least 1 second')
  return field(period, 4, path)
}

function field(value: number | bigint, bytes: number, path: string): Hex {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new SpecEncodingError(path, 'must be a whole number')
  if (BigInt(value) < 0n || BigInt(value) >= 2n ** BigInt(8 * bytes))
    throw new SpecEncodingError(path, `must be between 0 and 2^${8 * bytes} − 1`)
  return numberToHex(value, { size: bytes })
}
