import type { Address } from 'viem'
import { everything, type Field } from '@/lib/describe/calls/descriptor'
import { readPath, type DecodedCall } from '@/lib/describe/calls/readPath'
import { valueText } from '@/lib/describe/calls/valueText'
import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount, formatNumber, unitOf } from '@/lib/describe/formatAmount'
import { formatMoment } from '@/lib/describe/formatTime'
import { shortAddress } from '@/lib/describe/shortAddress'

/** The latest second that a `Date` can tell. */
const lastSecond = 8_640_000_000_000n

/** The value of a field in words. */
export function fieldText(field: Field, decoded: DecodedCall, context: DescribeContext): string {
  const value = readPath(decoded, field.path)
  if (typeof value === 'number') return fieldValue(field, BigInt(value), decoded, context)
  return typeof value === 'bigint'
    ? fieldValue(field, value, decoded, context)
    : value === undefined
      ? 'nothing'
      : valueText(value, context)
}

function fieldValue(field: Field, value: bigint, decoded: DecodedCall, context: DescribeContext): string {
  switch (field.format) {
    case 'amount':
      return formatAmount(value, context.currency, context.locale)
    case 'tokenAmount':
    case 'allowance':
      return tokenText(value, field, decoded, context)
    case 'date':
      return value > lastSecond ? 'no end' : formatMoment(Number(value), context)
    case 'unit':
      return `${formatNumber(value, 0, context.locale)} ${field.unit}`
    default:
      return valueText(value, context)
  }
}

function tokenText(
  value: bigint,
  field: Extract<Field, { token: string }>,
  decoded: DecodedCall,
  context: DescribeContext,
): string {
  const token = readPath(decoded, field.token)
  if (typeof token !== 'string') return `${formatNumber(value, 0, context.locale)} units`
  const unit = unitOf(token as Address, context)
  if (field.format === 'tokenAmount') return formatAmount(value, unit, context.locale)
  if (value < everything) return `up to ${formatAmount(value, unit, context.locale)}`
  return unit.symbol.startsWith('units of')
    ? `all your tokens of ${shortAddress(token as Address)}`
    : `all your ${unit.symbol}`
}
