import { BaseError } from '@/lib/errors/BaseError'
import { keyOf } from '@/lib/policy/carryUsage'
import { policiesOf, type AnyPolicy } from '@/lib/policy/cells'
import { conditionWithin } from '@/lib/policy/conditionWithin'
import { limitWithin } from '@/lib/policy/limitWithin'
import type { Constraint, PaymasterRule, SessionSpec } from '@/lib/policy/spec'
import type { TimeSpan } from '@/lib/policy/worstCase'

/**
 * Checks that a session allows nothing that another one does not: whatever the owner grants when asked for a session passes this. Each
 * part is compared with its counterpart; what is left out is narrower, and more constraints are.
 *
 * @param timestamp - Unix seconds, chain time: the earliest use.
 * @throws {WiderThanAskedError} Naming the first part that is wider.
 */
export function checkWithin(asked: SessionSpec, granted: SessionSpec, timestamp: number): void {
  const span: TimeSpan = { from: timestamp, until: granted.expiresAt }
  if (granted.signer.toLowerCase() !== asked.signer.toLowerCase()) throw new WiderThanAskedError('key')
  if (granted.expiresAt > asked.expiresAt) throw new WiderThanAskedError('end')
  if (!limitWithin(asked.feeLimit, granted.feeLimit, span)) throw new WiderThanAskedError('fee limit')
  if (!samePaymaster(asked.paymaster, granted.paymaster)) throw new WiderThanAskedError('sponsor')
  const counterparts = new Map(policiesOf(asked).map((policy) => [keyOf(policy), policy]))
  for (const policy of policiesOf(granted)) {
    const counterpart = counterparts.get(keyOf(policy))
    if (counterpart === undefined) throw new WiderThanAskedError(`policy for ${policy.target}`)
    const part = widerPart(counterpart, policy, span)
    if (part !== null) throw new WiderThanAskedError(`${part} for ${policy.target}`)
  }
}

function widerPart(asked: AnyPolicy, granted: AnyPolicy, span: TimeSpan): string | null {
  if (granted.maxValuePerUse > asked.maxValuePerUse) return 'greatest value'
  if (granted.maxValuePerUse > 0n && !limitWithin(asked.valueLimit, granted.valueLimit, span))
    return 'value limit'
  if (!limitWithin(asked.useLimit, granted.useLimit, span)) return 'number of uses'
  if (asked.kind === 'transfer' || granted.kind === 'transfer') return null
  const kept = asked.constraints.every((rule, place) => ruleWithin(rule, granted.constraints[place], span))
  return kept ? null : 'rule on an argument'
}

function ruleWithin(asked: Constraint, granted: Constraint | undefined, span: TimeSpan): boolean {
  return (
    granted?.index === asked.index &&
    conditionWithin(asked, granted) &&
    limitWithin(asked.limit, granted.limit, span)
  )
}

function samePaymaster(a: PaymasterRule, b: PaymasterRule): boolean {
  if (a.mode !== 'Listed' || b.mode !== 'Listed') return a.mode === b.mode
  return a.paymaster.toLowerCase() === b.paymaster.toLowerCase()
}

/** The owner may only take away from what was asked for. */
export class WiderThanAskedError extends BaseError {
  override readonly name = 'Policy.WiderThanAskedError'

  constructor(readonly part: string) {
    super(`The ${part} would be wider than what was asked. Nothing was changed.`, { code: -32602 })
  }
}
