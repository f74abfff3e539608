import { noValue } from '@/lib/policy/canonicalSpec'
import { unlimited, unlimitedValue, type UsageLimit } from '@/lib/policy/spec'
import { PreferencesError } from '@/lib/session/preferences/PreferencesError'
import { readLimit } from '@/lib/session/preferences/readLimit'
import type { Members } from '@/lib/session/preferences/readObject'
import { readQuantity } from '@/lib/session/preferences/readQuantity'

/** The limits that transfer and call policies share. */
export type PolicyLimits = {
  readonly maxValuePerUse: bigint
  readonly valueLimit: UsageLimit
  readonly useLimit: UsageLimit
}

/**
 * Reads the limits of a policy. A missing `valueLimit` means that no value may pass; `maxValuePerUse` defaults to the limit, and
 * to no maximum where the limit is unlimited; a missing `useLimit` limits nothing.
 *
 * @throws {PreferencesError} A limit is malformed, too wide, or allows no use.
 */
export function readPolicyLimits(
  members: Members<'maxValuePerUse' | 'valueLimit' | 'useLimit'>,
  path: string,
): PolicyLimits {
  const valueLimit =
    members.valueLimit === undefined
      ? noValue
      : readLimit(members.valueLimit, `${path}.valueLimit`, { lifetime: 12, allowance: 12 })
  const maxValuePerUse =
    members.maxValuePerUse === undefined
      ? valueLimit.limitType === 'Unlimited'
        ? unlimitedValue
        : valueLimit.limit
      : readQuantity(members.maxValuePerUse, `${path}.maxValuePerUse`, 12)
  const useLimit =
    members.useLimit === undefined
      ? unlimited
      : readLimit(members.useLimit, `${path}.useLimit`, { lifetime: 2, allowance: 2 })
  if (useLimit.limitType !== 'Unlimited' && useLimit.limit === 0n)
    throw new PreferencesError(`${path}.useLimit`, 'must allow at least one use.')
  return { maxValuePerUse, valueLimit, useLimit }
}
