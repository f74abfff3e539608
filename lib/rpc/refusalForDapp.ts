import type { Refusal } from '@/lib/policy/refusal'
import { toDapp } from '@/lib/rpc/toDapp'

/**
 * A refusal as the asking site gets it. Of the user's own limits it learns the rule alone: their numbers would tell what the user
 * does on other sites.
 */
export function refusalForDapp(refusal: Refusal): unknown {
  return toDapp({ refusal: isGuard(refusal) ? { rule: refusal.rule } : refusal })
}

const isGuard = ({ rule }: Refusal) =>
  rule === 'GuardPerMinute' || rule === 'GuardDailyCeiling' || rule === 'GuardUnreadable'
