import type { LimitSubject } from '@/lib/policy/refusal'
import type { CallPolicy, SessionSpec, TransferPolicy, UsageLimit } from '@/lib/policy/spec'
import type { CellId } from '@/lib/policy/usage'

/** A limited quantity of a session. */
export type LimitedCell = {
  readonly cell: CellId
  readonly limit: UsageLimit
  readonly subject: LimitSubject
}

/** A policy with its kind. */
export type AnyPolicy =
  ({ readonly kind: 'transfer' } & TransferPolicy) | ({ readonly kind: 'call' } & CallPolicy)

/** The policies of a session in canonical order, transfers first: a policy's place is its index on the wire and in cell names. */
export function policiesOf(spec: SessionSpec): AnyPolicy[] {
  return [
    ...spec.transferPolicies.map((policy) => ({ kind: 'transfer' as const, ...policy })),
    ...spec.callPolicies.map((policy) => ({ kind: 'call' as const, ...policy })),
  ]
}

/**
 * The limited quantities of one policy in the order in which they are charged: value, uses, then constraints. A policy that takes
 * no value (`maxValuePerUse` 0) has no value cell, whatever its value limit says.
 *
 * @param index - Place of the policy in canonical order.
 */
export function cellsOfPolicy(policy: AnyPolicy, index: number): LimitedCell[] {
  const { target } = policy
  const cells: LimitedCell[] = []
  if (policy.maxValuePerUse > 0n && policy.valueLimit.limitType !== 'Unlimited')
    cells.push({ cell: `${index}.value`, limit: policy.valueLimit, subject: { kind: 'value', target } })
  const selector = policy.kind === 'call' ? policy.selector : undefined
  if (policy.useLimit.limitType !== 'Unlimited')
    cells.push({
      cell: `${index}.uses`,
      limit: policy.useLimit,
      subject: selector === undefined ? { kind: 'uses', target } : { kind: 'uses', target, selector },
    })
  if (policy.kind === 'transfer') return cells
  for (const [place, constraint] of policy.constraints.entries())
    if (constraint.limit.limitType !== 'Unlimited')
      cells.push({
        cell: `${index}.argument.${place}`,
        limit: constraint.limit,
        subject: { kind: 'argument', target, selector: policy.selector, index: constraint.index },
      })
  return cells
}

/** Every limited quantity of a session: the fee, then policy by policy. */
export function limitedCells(spec: SessionSpec): LimitedCell[] {
  const fee: LimitedCell = { cell: 'fee', limit: spec.feeLimit, subject: { kind: 'fee' } }
  return [fee, ...policiesOf(spec).flatMap(cellsOfPolicy)]
}
