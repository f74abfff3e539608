import type { Address } from 'viem'
import type { PaymasterRule } from '@/lib/policy/spec'

/** Whether a session's operation may name this paymaster. */
export function allowsPaymaster(rule: PaymasterRule, paymaster: Address): boolean {
  if (rule.mode === 'Listed') return rule.paymaster.toLowerCase() === paymaster.toLowerCase()
  return rule.mode === 'Any'
}
