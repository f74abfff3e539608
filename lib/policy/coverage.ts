import type { Address } from 'viem'
import { applyCharges } from '@/lib/policy/applyCharges'
import { check, type CheckRequest } from '@/lib/policy/check'
import { MalformedCallError } from '@/lib/policy/checkCall'
import type { KindRules } from '@/lib/policy/kindRules'
import type { SessionSpec } from '@/lib/policy/spec'
import type { PastCalls } from '@/lib/policy/suggestSession'
import type { Charge, Usage } from '@/lib/policy/usage'

/** How many of a site's operations a session would have signed. */
export type Coverage = { readonly covered: number; readonly of: number }

/**
 * Runs what a site sent through a session, in order and with usage counted, as if it had been there. Fees are left out: what each
 * cost at most is not recorded.
 *
 * @param past - In any order.
 */
export function coverage(
  spec: SessionSpec,
  past: readonly PastCalls[],
  { banned, rules }: { readonly banned: readonly Address[]; readonly rules: KindRules },
): Coverage {
  let usage: Usage = {}
  let covered = 0
  for (const { calls, at: timestamp } of [...past].sort((a, b) => a.at - b.at)) {
    const charges = chargesOf({ spec, usage, calls, fee: { fee: 0n }, timestamp, banned, rules })
    if (charges === null) continue
    usage = applyCharges(usage, charges)
    covered += 1
  }
  return { covered, of: past.length }
}

function chargesOf(request: CheckRequest): readonly Charge[] | null {
  try {
    const verdict = check(request)
    return verdict.ok ? verdict.charges : null
  } catch (error) {
    if (error instanceof MalformedCallError) return null
    throw error
  }
}
