import type { DescribeContext } from '@/lib/describe/context'
import { describeWarning } from '@/lib/describe/describeWarning'
import { formatAmount, unitOf } from '@/lib/describe/formatAmount'
import { pluralPeriod } from '@/lib/describe/periodText'
import type { Exposure } from '@/lib/policy/exposure'

/** The worst case in words. */
export type ExposureText = {
  readonly text: string
  /** Whether the worst case has an upper figure at all. */
  readonly bounded: boolean
  /** Where it has none: what the part of it that has one comes to; a part of `text`, and `null` otherwise. */
  readonly rest: string | null
}

const numbers = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** Says what a session can lose at worst, or why no upper figure is possible. */
export function describeExposure(exposure: Exposure, context: DescribeContext): ExposureText {
  const unbounded = exposure.warnings.find(
    (warning) =>
      warning.kind === 'OpenContents' ||
      warning.kind === 'UnlimitedValue' ||
      warning.kind === 'UnlimitedToken' ||
      warning.kind === 'Collectibles' ||
      (warning.kind === 'ApprovalOutlives' && warning.amount === null),
  )
  const { native, fees, tokens } = exposure
  const known = tokens.flatMap(({ token, untilExpiry }) =>
    untilExpiry === null ? [] : [formatAmount(untilExpiry, unitOf(token, context), context.locale)],
  )
  const coin = formatAmount(native.untilExpiry ?? fees.untilExpiry ?? 0n, context.currency, context.locale)
  const touched = touchedText(exposure)
  if (!unbounded)
    return {
      text: `At worst you lose ${listed([...known, coin])}, fees included${touched}.`,
      bounded: true,
      rest: null,
    }
  const losses = native.untilExpiry === null ? [...known, `${coin} in fees`] : [...known, coin]
  const included = native.untilExpiry === null ? '' : ', fees included'
  const rest = `Of what has a figure, at worst you lose ${listed(losses)}${included}${touched}.`
  return { text: `${openText(describeWarning(unbounded, context))} ${rest}`, bounded: false, rest }
}

function openText(warning: string): string {
  return warning.startsWith('No upper figure') ? warning : `No upper figure is possible. ${warning}`
}

/** Names the longest periods touched more than once: they are what multiplies a limit that reads as one. */
function touchedText({ periods }: Exposure): string {
  const longest = periods.filter(({ touched }) => touched > 1).at(-1)
  if (!longest) return ''
  return `: the session touches ${numbers[longest.touched] ?? longest.touched} ${pluralPeriod(longest.period)}`
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}
