import type { Hex } from 'viem'

/** One answer of the replay. */
export type Answer = { readonly ok: boolean; readonly data: Hex }

/** Reads the answers of a script in its order. */
export class Answers {
  #at = 0

  constructor(readonly bytes: Buffer) {}

  /** Whether all were read. */
  get isAtEnd(): boolean {
    return this.#at === this.bytes.length
  }

  call(): Answer {
    const ok = this.bytes.readUInt8(this.#at) === 1
    const length = this.bytes.readUInt32BE(this.#at + 1)
    const start = this.#at + 5
    this.#at = start + length
    return { ok, data: `0x${this.bytes.toString('hex', start, this.#at)}` }
  }

  balance(): bigint {
    const start = this.#at
    this.#at += 32
    return BigInt(`0x${this.bytes.toString('hex', start, this.#at)}`)
  }
}
