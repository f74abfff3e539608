import type { Address } from 'viem'
import { networkOf } from '@/entrypoints/popup/networkOf'
import { chainTime } from '@/entrypoints/popup/chainTime'
import type { DescribeContext } from '@/lib/describe/context'
import type { Snapshot } from '@/lib/messaging/views'
import { kindRules } from '@/lib/policy/kindRules'

/** Options of {@link describeContext}. */
export type DescribeContextOptions = {
  /** Unix milliseconds, the computer's clock. */
  readonly now: number
  /** Functions as the site named them, by `target:selector` in lower case. */
  readonly functions?: Readonly<Record<string, string>> | undefined
  /** The account that acts. */
  readonly account?: Address | null | undefined
}

/**
 * What sentences about a chain need to know. Only the owner's own accounts have names: a token's or site's word for an address
 * must not pass for one.
 */
export function describeContext(
  snapshot: Snapshot,
  chainId: number,
  { now, functions = {}, account }: DescribeContextOptions,
): DescribeContext {
  return {
    account: account ?? undefined,
    currency: networkOf(snapshot, chainId).currency,
    rules: kindRules[networkOf(snapshot, chainId).kind],
    tokens: snapshot.tokens.filter((token) => token.chainId === chainId),
    functions,
    names: Object.fromEntries(snapshot.accounts.map(({ id, name }) => [id, name])),
    now: chainTime(snapshot, chainId, now),
  }
}
