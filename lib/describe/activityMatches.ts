import type { Address, Hex } from 'viem'
import { activityTitle, type TitledActivity } from '@/lib/describe/activityTitle'
import type { DescribeContext } from '@/lib/describe/context'
import { describeCall } from '@/lib/describe/describeCall'
import { functionOf } from '@/lib/describe/knownText'
import { knownFunction } from '@/lib/policy/knownFunctions'

/** Something that was signed, as far as it can be searched for. */
export type SearchedActivity = TitledActivity & {
  readonly origin: string | null
  readonly account: Address
  readonly sessionId?: Hex | undefined
  readonly userOpHash?: Hex | undefined
  readonly transactionHash?: Hex | undefined
  readonly error?: string | undefined
}

/** What is typed into a search, as terms of which each must be found. */
export function searchTerms(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean)
}

/**
 * Whether every term is somewhere in an entry: in its title, its site, the names of its functions and tokens, its error; a term
 * of hex digits also in its addresses, its data and its hashes. Cheap parts are looked at first: this runs for every entry of a
 * long list.
 *
 * @param terms - Of {@link searchTerms}.
 * @param siteName - What the site calls itself.
 */
export function activityMatches(
  entry: SearchedActivity,
  terms: readonly string[],
  context: DescribeContext,
  siteName = '',
): boolean {
  const isIn = (text: string) => (term: string) => !text.includes(term)
  const plain = `${entry.origin ?? 'latchkey'} ${siteName} ${entry.error ?? ''}`.toLowerCase()
  let open = terms.filter(isIn(plain))
  if (open.some((term) => hexDigits.test(term))) {
    const hex = hexOf(entry)
    // In the data of a call an address stands without its prefix.
    open = open.filter((term) => !hexDigits.test(term) || !hex.includes(term.replace(/^0x/, '')))
  }
  if (open.length > 0) open = open.filter(isIn(activityTitle(entry, context).toLowerCase()))
  if (open.length > 0) open = open.filter(isIn(callsText(entry, context)))
  return open.length === 0
}

const hexDigits = /^(?:0x)?[0-9a-f]{4,}$/

function hexOf({ account, sessionId, userOpHash, transactionHash, calls }: SearchedActivity): string {
  const ofCalls = calls.flatMap(({ to, data }) => [to, data])
  return [account, sessionId, userOpHash, transactionHash, ...ofCalls].join(' ').toLowerCase()
}

function callsText({ calls }: SearchedActivity, context: DescribeContext): string {
  return calls
    .flatMap((call) => {
      const selector = call.data.slice(0, 10) as Hex
      const token = context.tokens.find(({ address }) => address.toLowerCase() === call.to.toLowerCase())
      const name = functionOf(call.to, selector, context)?.name ?? knownFunction(selector)?.name
      return [describeCall(call, context).title, token?.symbol, name]
    })
    .join(' ')
    .toLowerCase()
}
