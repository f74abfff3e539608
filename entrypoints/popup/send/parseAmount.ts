import { maxUint256, parseUnits } from 'viem'
import type { Unit } from '@/lib/describe/formatAmount'

/** What was typed: an amount in the smallest unit, what is wrong with it, or neither while it is empty. */
export type TypedAmount = { readonly amount: bigint | null; readonly error: string | null }

/**
 * Reads an amount as it is typed, the same in every language: digits and one point. A comma is not read, as it parts thousands for
 * some and decimals for others: a thousand times too much must not be a matter of taste.
 */
export function parseAmount(text: string, { symbol, decimals }: Unit): TypedAmount {
  const typed = text.trim()
  if (typed === '') return { amount: null, error: null }
  if (typed.includes(',')) return wrong('Write it with a point and without commas: 1.5 or 1500.')
  if (!/^(\d+\.?\d*|\.\d+)$/.test(typed)) return wrong('Write the amount in digits, such as 1.5.')
  const places = typed.split('.')[1]?.replace(/0+$/, '').length ?? 0
  if (places > decimals)
    return wrong(
      decimals === 0
        ? `${symbol} has no parts: write a whole number.`
        : `${symbol} has ${decimals} decimal places, this has ${places}.`,
    )
  const [whole = '', fraction = ''] = typed.split('.')
  const amount = parseUnits(`${whole || '0'}.${fraction.slice(0, decimals) || '0'}`, decimals)
  if (amount === 0n) return wrong('The amount must be more than nothing.')
  if (amount > maxUint256) return wrong('No token has so much.')
  return { amount, error: null }
}

const wrong = (error: string): TypedAmount => ({ amount: null, error })
