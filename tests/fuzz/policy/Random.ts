/**
 * Random choices that one seed repeats exactly (sfc32). Not for secrets.
 */
export class Random {
  #a: number
  #b: number
  #c = 0x9e3779b9
  #counter = 1

  /** @param stream - Number of a sequence: every (seed, stream) has choices of its own, whatever was made before. */
  constructor(seed: number, stream: number) {
    this.#a = seed >>> 0
    this.#b = stream >>> 0
    for (let round = 0; round < 15; round++) this.next()
  }

  /** 32 bits. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** A whole number from 0 to `end` − 1. */
  below(end: number): number {
    return Math.floor((this.next() / 2 ** 32) * end)
  }

  /** A whole number, both ends included. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1)
  }

  /** True once in `often`. */
  once(often: number): boolean {
    return this.below(often) === 0
  }

  pick<item>(items: readonly item[]): item {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new RangeError('Nothing to pick from.')
    return item
  }

  /** An unsigned integer of at most so many bits, all bits random. */
  bits(count: number): bigint {
    let value = 0n
    for (let left = count; left > 0; left -= 32)
      value = (value << BigInt(Math.min(left, 32))) | BigInt(this.next() >>> Math.max(0, 32 - left))
    return value
  }

  /** An unsigned integer of at most so many bits: small, near the greatest, near a power of two, or any. */
  amount(bitsOfField: number): bigint {
    const most = (1n << BigInt(bitsOfField)) - 1n
    const kind = this.below(8)
    if (kind < 5) return BigInt(this.below(13))
    if (kind === 5) return most - BigInt(this.below(2))
    if (kind === 6) return (1n << BigInt(this.below(bitsOfField))) - BigInt(this.below(2))
    return this.bits(bitsOfField)
  }
}
