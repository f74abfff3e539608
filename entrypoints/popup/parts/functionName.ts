import type { Address, Hex } from 'viem'
import type { SessionView } from '@/lib/messaging/views'
import { knownFunction } from '@/lib/policy/knownFunctions'

/** The name of a function of a session: as its site told it, else by its well-known selector, else the selector. */
export function functionName({ functions }: SessionView, target: Address, selector: Hex): string {
  const fragment = functions?.[`${target}:${selector}`.toLowerCase()]
  const told = fragment?.replace(/^function\s+/, '').split('(')[0]
  return told || knownFunction(selector)?.name || selector
}
