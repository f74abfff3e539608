import { networkOf } from '@/entrypoints/popup/networkOf'
import type { Snapshot } from '@/lib/messaging/views'
import type { DailyCeiling } from '@/lib/policy/guards'
import { shortAddress } from '@/lib/describe/shortAddress'

/** An asset that can have a ceiling. */
export type GuardAsset = Pick<DailyCeiling, 'chainId' | 'asset'> & {
  /** `chainId asset`. */
  readonly id: string
  /** `DEMO on Latchkey Local`. */
  readonly label: string
  readonly decimals: number
}

/** Every asset that the wallet knows: the currency of each network, and the tokens that it met there. */
export function guardAssets(snapshot: Snapshot): GuardAsset[] {
  return snapshot.networks.flatMap(({ chainId, name, currency }) => [
    asset(chainId, 'native', currency.symbol, currency.decimals, name),
    ...snapshot.tokens
      .filter((token) => token.chainId === chainId)
      .map((token) => asset(chainId, token.address, token.symbol, token.decimals, name)),
  ])
}

/** The asset of a ceiling, also when its network or token is not known any more. */
export function assetOf(snapshot: Snapshot, ceiling: DailyCeiling): GuardAsset {
  const { chainId, asset: wanted } = ceiling
  const known = guardAssets(snapshot).find(({ id }) => id === idOf(chainId, wanted))
  if (known !== undefined) return known
  const { name, currency } = networkOf(snapshot, chainId)
  return wanted === 'native'
    ? asset(chainId, wanted, currency.symbol, currency.decimals, name)
    : asset(chainId, wanted, `units of ${shortAddress(wanted)}`, 0, name)
}

const idOf = (chainId: number, wanted: DailyCeiling['asset']) => `${chainId} ${wanted.toLowerCase()}`

function asset(
  chainId: number,
  wanted: DailyCeiling['asset'],
  symbol: string,
  decimals: number,
  network: string,
): GuardAsset {
  return { id: idOf(chainId, wanted), chainId, asset: wanted, label: `${symbol} on ${network}`, decimals }
}
