import type { Address } from 'viem'
import { limitedCells, policiesOf } from '@/lib/policy/cells'
import type { SessionSpec } from '@/lib/policy/spec'
import { warnings, type Warning } from '@/lib/policy/warnings'
import {
  noLoss,
  periodsTouched,
  sumOf,
  worstOfLimit,
  type TimeSpan,
  type WorstCase,
} from '@/lib/policy/worstCase'
import { worstOfTokens, worstOfValue } from '@/lib/policy/worstOfPolicy'

/** The most that a session can lose, whoever holds its key. */
export type Exposure = {
  /** In wei: values and fees together. */
  readonly native: WorstCase
  /** In wei: the fees alone. */
  readonly fees: WorstCase
  /** By token, in its smallest unit: what calls of its well-known functions can give away or approve. */
  readonly tokens: readonly (WorstCase & { readonly token: Address })[]
  /** How many periods of each length (in seconds) the session touches, shortest first. */
  readonly periods: readonly { readonly period: number; readonly touched: number }[]
  /** What the figures do not contain. */
  readonly warnings: readonly Warning[]
}

/**
 * Computes the worst case of a session from `timestamp` to its expiry: every limit used up in every epoch-aligned period touched,
 * values and fees counted as lost, use limits times the greatest amount per use as the alternative bound. It counts native value,
 * fees, and tokens moved or approved by well-known functions; what a called contract takes by an older approval it cannot know.
 *
 * @param timestamp - Unix seconds, chain time.
 */
export function exposure(spec: SessionSpec, timestamp: number): Exposure {
  const span: TimeSpan = { from: timestamp, until: spec.expiresAt }
  const policies = policiesOf(spec)
  const fees = worstOfLimit(spec.feeLimit, span)
  const tokens = new Map<string, WorstCase & { token: Address }>()
  for (const policy of policies) {
    const worst = worstOfTokens(policy, span)
    if (!worst || worst.untilExpiry === 0n) continue
    const key = policy.target.toLowerCase()
    tokens.set(key, { ...sumOf(tokens.get(key) ?? noLoss, worst), token: policy.target })
  }
  return {
    native: policies.map((policy) => worstOfValue(policy, span)).reduce(sumOf, fees),
    fees,
    tokens: [...tokens.values()],
    periods: touchedPeriods(spec, span),
    warnings: warnings(spec, span),
  }
}

function touchedPeriods(spec: SessionSpec, span: TimeSpan): Exposure['periods'] {
  const lengths = limitedCells(spec)
    .filter(({ limit }) => limit.limitType === 'Allowance')
    .map(({ limit }) => limit.period)
  return [...new Set(lengths)]
    .sort((a, b) => a - b)
    .map((period) => ({ period, touched: periodsTouched(span, period) }))
}
