import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount } from '@/lib/describe/formatAmount'
import type { Unpaid } from '@/lib/policy/unpaid'

/** Says why a request that the session allows was not signed: nobody pays. And why a wider session would not change that. */
export function describeUnpaid(unpaid: Unpaid, { currency, locale }: DescribeContext): string {
  if (unpaid.reason === 'sponsor-refused') {
    const says = /[.!?]$/.test(unpaid.message) ? unpaid.message : `${unpaid.message}.`
    return `Your session allows this. ${says} No wider session changes that. Approve once, and the fee is paid as shown below.`
  }
  const has = formatAmount(unpaid.balance, currency, locale)
  const needs = formatAmount(unpaid.required, currency, locale)
  return `Your session allows this, but your account cannot pay for it: it has ${has}, this needs up to ${needs}, fee included. No wider session changes that: send ${currency.symbol} to your account, or approve once if somebody else pays.`
}
