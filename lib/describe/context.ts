import type { Address } from 'viem'
import type { KindRules } from '@/lib/policy/kindRules'

/** A token's name and unit. */
export type Token = { readonly address: Address; readonly symbol: string; readonly decimals: number }

/** What sentences need to know beside the thing they are about. */
export type DescribeContext = {
  /** The chain's native currency. */
  readonly currency: { readonly symbol: string; readonly decimals: number }
  /** What the contracts of the account enforce; Latchkey's own by default. */
  readonly rules?: KindRules | undefined
  /** The account that acts, where one does. */
  readonly account?: Address | undefined
  /** Tokens known on the chain. */
  readonly tokens: readonly Token[]
  /** Functions as text (`plant(uint256 plot)`), by `target:selector` in lower case. */
  readonly functions: Readonly<Record<string, string>>
  /** Names of addresses that the user knows, by address in lower case. */
  readonly names: Readonly<Record<string, string>>
  /** Unix seconds, chain time. */
  readonly now: number
  /** IANA name; the computer's by default. */
  readonly timeZone?: string | undefined
  /** BCP 47 tag for numbers and times; the computer's by default. */
  readonly locale?: string | undefined
}
