import type { Address } from 'viem'
import type { SiteMetadata, Snapshot } from '@/lib/messaging/views'
import type { SessionSpec } from '@/lib/policy/spec'
export type SessionTerms = {
  readonly origin: string | null
  readonly metadata: SiteMetadata
  readonly chainId: number
  readonly account: Address | null
  readonly spec: SessionSpec
  readonly functions: Readonly<Record<string, string>>
}
export type SessionWords = {
  lead: string
  sentences: readonly string[]
  worst: string
  warnings: readonly { severity: 'caution' | 'danger'; text: string }[]
}
export function wordsOfSession(_terms: SessionTerms, _snapshot: Snapshot, _timestamp: number): SessionWords {
  return {
    lead: 'Let orchard.example act for you until tomorrow, 18:00. Anything not listed here still asks you.',
    sentences: [
      'Pay 0x51c2…3C77 up to 2 DEMO at a time, 10 DEMO a day. Days begin at 00:00 UTC.',
      'Plant on plots 0–35, up to 20 times an hour.',
      'Send 0xE4f2…E0b1 up to 0.002 ETH at a time, 0.01 ETH in all, 5 times.',
    ],
    worst: 'At worst you lose 20 DEMO and 0.011 ETH, fees included: the session touches two UTC days.',
    warnings:
      _terms.spec.paymaster.mode === 'Any'
        ? [
            {
              severity: 'danger',
              text: 'No upper figure is possible: `multicall` can carry any instruction.',
            },
            {
              severity: 'caution',
              text: 'This outlives the session. 0xRouter can take approved tokens until you remove the approval.',
            },
          ]
        : [],
  }
}
