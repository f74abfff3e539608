import type { Address } from 'viem'
import { policiesOf } from '@/lib/policy/cells'
import { exposure, type Exposure } from '@/lib/policy/exposure'
import type { SessionSpec } from '@/lib/policy/spec'

/** Something about a session that sets it apart from what the same site asked for before, or from what the owner knows. */
export type Oddity =
  /** It lasts more than twice as long as any session of the site before; `before` is `null` when there was none. In seconds. */
  | { readonly kind: 'Long'; readonly seconds: number; readonly before: number | null }
  /** It can lose more than twice what any session of the site before could; `before` 0n: nothing of it. In smallest units. */
  | {
      readonly kind: 'More'
      readonly asset: Address | 'native'
      readonly amount: bigint
      readonly before: bigint
    }
  /** Contracts and recipients that the owner has not met. */
  | { readonly kind: 'New'; readonly targets: readonly Address[] }

/** A session of the same site as it was approved. */
export type EarlierSession = {
  readonly spec: SessionSpec
  /** Unix seconds. */
  readonly approvedAt: number
}

/** What {@link unusual} compares. */
export type UnusualRequest = {
  readonly spec: SessionSpec
  /** Of the same site, account and chain. */
  readonly earlier: readonly EarlierSession[]
  /** Addresses that sessions and transactions of the owner were with, in lower case. */
  readonly met: ReadonlySet<string>
  /** Unix seconds, chain time. */
  readonly timestamp: number
}

/** A first session that lasts longer than this is pointed out, in seconds: 30 days. */
const longFirst = 30 * 86_400
/** What is more than so many times as much is pointed out. */
const times = 2

/** Says what is unusual about a session. Amounts without an upper figure are left to the warnings. */
export function unusual({ spec, earlier, met, timestamp }: UnusualRequest): Oddity[] {
  const found: Oddity[] = []
  const seconds = spec.expiresAt - timestamp
  const spans = earlier.map((one) => one.spec.expiresAt - one.approvedAt)
  const longest = spans.length === 0 ? null : Math.max(...spans)
  if (seconds > (longest === null ? longFirst : times * longest))
    found.push({ kind: 'Long', seconds, before: longest })
  if (earlier.length > 0) found.push(...more(spec, earlier, timestamp))
  const targets = [...new Set(policiesOf(spec).map(({ target }) => target.toLowerCase() as Address))]
  const strange = targets.filter((target) => !met.has(target))
  if (strange.length > 0) found.push({ kind: 'New', targets: strange })
  return found
}

function more(spec: SessionSpec, earlier: readonly EarlierSession[], timestamp: number): Oddity[] {
  const before = earlier.map((one) => lossesOf(exposure(one.spec, one.approvedAt)))
  return [...lossesOf(exposure(spec, timestamp))].flatMap(([asset, amount]) => {
    const most = before.map((losses) => losses.get(asset) ?? 0n)
    // Where one had no upper figure, this is not more.
    if (amount === null || before.some((losses) => losses.get(asset) === null)) return []
    const greatest = most.reduce((a, b) => (b > a ? b : a), 0n)
    return amount > BigInt(times) * greatest ? [{ kind: 'More', asset, amount, before: greatest }] : []
  })
}

/** What can be lost at most, by asset; `null` without an upper figure. */
function lossesOf({ native, tokens }: Exposure): Map<Address | 'native', bigint | null> {
  return new Map<Address | 'native', bigint | null>([
    ['native', native.untilExpiry],
    ...tokens.map(({ token, untilExpiry }) => [token.toLowerCase() as Address, untilExpiry] as const),
  ])
}
