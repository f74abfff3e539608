import { numberToHex } from 'viem'

/** Plain data as a page gets it: bigints as hex quantities, absent members left out. */
export function toDapp(value: unknown): unknown {
  if (typeof value === 'bigint') return numberToHex(value)
  if (Array.isArray(value)) return value.map(toDapp)
  if (typeof value !== 'object' || value === null) return value
  const present = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(present.map(([key, item]) => [key, toDapp(item)]))
}
