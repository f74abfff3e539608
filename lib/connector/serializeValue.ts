/** Plain JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * Makes a value plain JSON: bigints become hex quantities (negative ones decimal digits), dates Unix seconds; members that are
 * `undefined` are dropped.
 *
 * @throws {TypeError} An invalid date, a number that is no finite one, a function or a symbol.
 */
export function serializeValue(value: unknown): Json {
  if (typeof value === 'bigint') return value < 0n ? value.toString() : `0x${value.toString(16)}`
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (value instanceof Date && !Number.isNaN(value.getTime())) return Math.floor(value.getTime() / 1000)
  if (Array.isArray(value)) return value.map(serializeValue)
  if (typeof value === 'object' && !(value instanceof Date)) {
    const members = Object.entries(value).filter(([, item]) => item !== undefined)
    return Object.fromEntries(members.map(([key, item]) => [key, serializeValue(item)]))
  }
  throw new TypeError(`${String(value)} cannot be sent to a wallet.`)
}
