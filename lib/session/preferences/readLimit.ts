import { limitTypes, unlimited, type LimitType, type UsageLimit } from '@/lib/policy/spec'
import { PreferencesError } from '@/lib/session/preferences/PreferencesError'
import { readObject } from '@/lib/session/preferences/readObject'
import { isQuantity, readQuantity } from '@/lib/session/preferences/readQuantity'
import { readPeriod } from '@/lib/session/preferences/readTime'

/** Width in bytes of the field that holds a limit, which may differ for totals over the life and for allowances. */
export type LimitWidth = { readonly lifetime: number; readonly allowance: number }

/**
 * Reads a limit: a number → lifetime; `{limit, period}` → allowance; `{limit}` → lifetime; or with an explicit `limitType` in any
 * case (or by its number).
 *
 * @throws {PreferencesError} Not a limit, contradictory, or too wide.
 */
export function readLimit(value: unknown, path: string, width: LimitWidth): UsageLimit {
  if (isQuantity(value))
    return { limitType: 'Lifetime', limit: readQuantity(value, path, width.lifetime), period: 0 }
  if (typeof value !== 'object')
    throw new PreferencesError(path, 'must be a number, or an object with limit, period or limitType.')
  const members = readObject(value, path, ['limitType', 'limit', 'period'])
  const hasPeriod = !isNothing(members.period)
  const limitType =
    members.limitType === undefined
      ? hasPeriod
        ? 'Allowance'
        : 'Lifetime'
      : readLimitType(members.limitType, `${path}.limitType`)
  if (hasPeriod && limitType !== 'Allowance')
    throw new PreferencesError(
      `${path}.period`,
      `does not go with the limitType ${limitType}. Use "allowance".`,
    )
  if (limitType === 'Unlimited') {
    if (!isNothing(members.limit))
      throw new PreferencesError(`${path}.limit`, 'does not go with the limitType Unlimited. Leave one out.')
    return unlimited
  }
  const limitPath = `${path}.limit`
  if (limitType === 'Lifetime')
    return { limitType, limit: readQuantity(members.limit, limitPath, width.lifetime), period: 0 }
  return {
    limitType,
    limit: readQuantity(members.limit, limitPath, width.allowance),
    period: readPeriod(members.period, `${path}.period`),
  }
}

function readLimitType(value: unknown, path: string): LimitType {
  const found =
    typeof value === 'number'
      ? limitTypes[value]
      : limitTypes.find((limitType) => limitType.toLowerCase() === String(value).toLowerCase())
  if (!found) throw new PreferencesError(path, 'must be "unlimited", "lifetime" or "allowance".')
  return found
}

/** Missing, or zero: how SDKs fill in what does not apply. */
function isNothing(value: unknown): boolean {
  return value === undefined || (isQuantity(value) && BigInt(value) === 0n)
}
