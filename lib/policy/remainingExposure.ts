import type { Address } from 'viem'
import { policiesOf } from '@/lib/policy/cells'
import { knownFunction } from '@/lib/policy/knownFunctions'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'
import { unused } from '@/lib/policy/usageLimit'
import { noLoss, sumOf, worstOfLimit, type TimeSpan, type WorstCase } from '@/lib/policy/worstCase'
import { worstOfTokens, worstOfValue, type UsedOfPolicy } from '@/lib/policy/worstOfPolicy'

/** The most that a session can still lose. `null`: no upper figure is possible. */
export type RemainingExposure = {
  /** In wei: values and fees together. */
  readonly native: bigint | null
  /** In wei: the fees alone. */
  readonly fees: bigint | null
  /** By token in lower case, in its smallest unit. */
  readonly tokens: ReadonlyMap<Address, bigint | null>
  /** Whether it may call what no figure contains: open contents, collectibles, approvals of whole collections. */
  readonly beyond: boolean
}

/**
 * The worst case of what is left of a session: `exposure` without what was used of its limits.
 *
 * @param spec - As the chain enforces it (`enforcedSpec`).
 * @param usage - What is gone for good: with an operation under way left out, its amounts count as still to be lost.
 * @param timestamp - Unix seconds, chain time.
 */
export function remainingExposure(spec: SessionSpec, usage: Usage, timestamp: number): RemainingExposure {
  const span: TimeSpan = { from: timestamp, until: spec.expiresAt }
  const fees = worstOfLimit(spec.feeLimit, span, usage.fee)
  let native: WorstCase = fees
  let beyond = false
  const tokens = new Map<Address, bigint | null>()
  for (const [index, policy] of policiesOf(spec).entries()) {
    const used: UsedOfPolicy = (part) => usage[`${index}.${part}`] ?? unused
    native = sumOf(native, worstOfValue(policy, span, used))
    if (policy.kind === 'transfer') continue
    const worst = worstOfTokens(policy, span, used)
    const kind = knownFunction(policy.selector)?.kind
    beyond ||= kind === 'open' || kind === 'collectible' || kind === 'approveAll'
    if (worst === null || worst.untilExpiry === 0n) continue
    const token = policy.target.toLowerCase() as Address
    const before = tokens.get(token)
    const both = sumOf(before === undefined ? noLoss : { untilExpiry: before, perDay: null }, worst)
    tokens.set(token, both.untilExpiry)
  }
  return { native: native.untilExpiry, fees: fees.untilExpiry, tokens, beyond }
}
