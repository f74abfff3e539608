import type { DescribeContext } from '@/lib/describe/context'
import { describePolicy } from '@/lib/describe/describePolicy'
import { formatAmount, formatNumber } from '@/lib/describe/formatAmount'
import { subjectText, unitOfSubject } from '@/lib/describe/subjectText'
import type { AppliedRule } from '@/lib/policy/appliedRule'
import { limitedCells, policiesOf } from '@/lib/policy/cells'
import type { SessionSpec } from '@/lib/policy/spec'

/** Under which rule a session signed. */
export type RuleDescription = {
  /** The policies that allowed the calls, each once. */
  readonly allowed: readonly string[]
  /** What each limit that was charged still had afterwards. */
  readonly left: readonly string[]
}

/** Says under which of a session's policies it signed, and what that left: `DEMO by transfer: 8.5 of 10 DEMO left`. */
export function describeRule(
  { policyIndex, left }: AppliedRule,
  spec: SessionSpec,
  context: DescribeContext,
): RuleDescription {
  const policies = policiesOf(spec)
  const cells = new Map(limitedCells(spec).map((entry) => [entry.cell, entry]))
  return {
    allowed: [...new Set(policyIndex)].flatMap((index) => {
      const policy = policies[index]
      return policy === undefined ? [] : [describePolicy(policy, context)]
    }),
    left: left.flatMap(({ cell, left: rest }) => {
      const entry = cells.get(cell)
      if (entry === undefined) return []
      const { subject, limit } = entry
      const unit = unitOfSubject(subject, context)
      const total = unit
        ? formatAmount(limit.limit, unit, context.locale)
        : formatNumber(limit.limit, 0, context.locale)
      const count = formatNumber(rest, unit?.decimals ?? 0, context.locale)
      return [`${subjectText(subject, context)}: ${count} of ${total} left`]
    }),
  }
}
