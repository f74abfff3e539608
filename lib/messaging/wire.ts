/**
 * A value as it may cross a process boundary: JSON, with a bigint as `{ $bigint: '0x…' }`. A member whose own name begins with `$`
 * gets a second one, so that nothing that a site sends can pass for a bigint.
 */
export type Wire = null | boolean | number | string | Wire[] | { [key: string]: Wire }

/**
 * Makes a value fit for ports and storage: bigints become `{ $bigint: hex }`, `undefined` members are dropped.
 *
 * @param value - Plain data: no functions, class instances or cycles.
 */
export function toWire(value: unknown): Wire {
  if (typeof value === 'bigint')
    return { $bigint: value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}` }
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : toWire(item)))
  if (typeof value === 'object') {
    const present = Object.entries(value).filter(([, item]) => item !== undefined)
    return Object.fromEntries(
      present.map(([key, item]) => [key.startsWith('$') ? `$${key}` : key, toWire(item)]),
    )
  }
  throw new TypeError(`A ${typeof value} cannot cross a process boundary.`)
}

/** Reverses {@link toWire}. The caller names the type that the sender promised in `lib/messaging/protocol`. */
export function fromWire<type>(wire: Wire): type {
  return revive(wire) as type
}

function revive(wire: Wire): unknown {
  if (wire === null || typeof wire !== 'object') return wire
  if (Array.isArray(wire)) return wire.map(revive)
  const tagged = wire['$bigint']
  if (typeof tagged === 'string') return tagged.startsWith('-') ? -BigInt(tagged.slice(1)) : BigInt(tagged)
  return Object.fromEntries(
    Object.entries(wire).map(([key, item]) => [key.startsWith('$$') ? key.slice(1) : key, revive(item)]),
  )
}
