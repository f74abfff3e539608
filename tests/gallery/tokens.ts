import { busy, owner, shop, orchard, token, friend } from '@/tests/gallery/snapshot'
import type { Scene } from '@/tests/gallery/scenes'
import type { TokenView } from '@/lib/messaging/views'

/** Chains of which the gallery's wallet answers otherwise: not yet, and never. */
export const slowChain = 31_338
export const deadChain = 31_339

const list = (chainId: number): TokenView[] =>
  [
    { address: token, symbol: 'DEMO', decimals: 18 },
    { address: shop, symbol: 'WWWWWWWWWWWWWWWWWWWW', decimals: 0 },
    { address: orchard, symbol: 'ظ•𝕏', decimals: 77 },
    { address: friend, symbol: 'GONE', decimals: 6 },
  ].map((one) => ({ ...one, chainId }))

/** What the gallery's account holds of them. */
export const tokenBalances = [
  { token, balance: 12_345_678_901_234_567_890n },
  { token: shop, balance: 2n ** 256n - 1n },
  { token: orchard, balance: 1n },
  { token: friend, balance: null },
]

const on = (name: string, chainId: number, count: number): Scene => ({
  name,
  hash: '#/',
  snapshot: {
    ...busy,
    networks: busy.networks.slice(0, 1).map((network) => ({ ...network, chainId })),
    watchedTokens: list(chainId).slice(0, count),
    accounts: busy.accounts.map((account) => ({ ...account, address: owner })),
  },
})

/** The home page with listed tokens. */
export const tokenScenes: readonly Scene[] = [
  on('home-tokens', 31_337, 4),
  on('home-tokens-reading', slowChain, 2),
  on('home-tokens-unknown', deadChain, 2),
]
