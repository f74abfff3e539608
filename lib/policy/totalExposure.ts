import type { Address } from 'viem'
import { remainingExposure } from '@/lib/policy/remainingExposure'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'

/** A session that the chain would still take operations of. */
export type OpenSession = {
  readonly chainId: number
  /** As the chain enforces it (`enforcedSpec`). */
  readonly spec: SessionSpec
  /** What is gone for good; `null` when it is not known: nothing counts as gone then. */
  readonly usage: Usage | null
  /** Unix seconds, time of its chain. */
  readonly now: number
}

/** What sessions together can still take of one asset. */
export type ExposedAsset = {
  readonly chainId: number
  /** A token's address in lower case. */
  readonly asset: 'native' | Address
  /** In the smallest unit, fees included; `null`: no upper figure is possible, all that is held can go. */
  readonly most: bigint | null
  /** The fees in it; 0 for tokens. */
  readonly fees: bigint
}

/** What sessions together can still take. */
export type TotalExposure = {
  /** How many there are. */
  readonly sessions: number
  /** How many of them may call what no figure contains. */
  readonly beyond: number
  /** Unix seconds: the last second of the one that ends last; 0 without any. */
  readonly until: number
  /** Assets of which something can go: chain by chain, the chain's own currency first. */
  readonly assets: readonly ExposedAsset[]
}

/**
 * The most that sessions can still move together, whoever holds their keys: the sum of what each has left, by chain and asset. That
 * no more can go than is held, the reader of the figures has to see to.
 */
export function totalExposure(open: readonly OpenSession[]): TotalExposure {
  const assets = new Map<string, ExposedAsset>()
  const add = (one: ExposedAsset) => {
    const key = `${one.chainId} ${one.asset}`
    const before = assets.get(key)
    assets.set(key, before === undefined ? one : together(before, one))
  }
  let beyond = 0
  for (const { chainId, spec, usage, now } of open) {
    const left = remainingExposure(spec, usage ?? {}, now)
    if (left.beyond) beyond += 1
    if (left.native !== 0n) add({ chainId, asset: 'native', most: left.native, fees: left.fees ?? 0n })
    for (const [asset, most] of left.tokens) if (most !== 0n) add({ chainId, asset, most, fees: 0n })
  }
  return {
    sessions: open.length,
    beyond,
    until: open.reduce((last, { spec }) => Math.max(last, spec.expiresAt), 0),
    assets: [...assets.values()].sort(inOrder),
  }
}

function together(a: ExposedAsset, b: ExposedAsset): ExposedAsset {
  const most = a.most === null || b.most === null ? null : a.most + b.most
  return { ...a, most, fees: a.fees + b.fees }
}

function inOrder(a: ExposedAsset, b: ExposedAsset): number {
  if (a.chainId !== b.chainId) return a.chainId - b.chainId
  if (a.asset === 'native' || b.asset === 'native')
    return Number(b.asset === 'native') - Number(a.asset === 'native')
  return a.asset < b.asset ? -1 : 1
}
