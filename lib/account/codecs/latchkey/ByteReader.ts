import type { Hex } from 'viem'
import { BaseError } from '@/lib/errors/BaseError'

/** Reads big-endian fields from bytes, front to back. */
export class ByteReader {
  readonly #digits: string
  #position = 0

  constructor(bytes: Hex) {
    this.#digits = bytes.slice(2)
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#position / 2
  }

  /** Bytes not yet read. */
  get left(): number {
    return (this.#digits.length - this.#position) / 2
  }

  /** Next `count` bytes. @throws {BytesExhaustedError} Fewer are left. */
  bytes(count: number): Hex {
    if (count > this.left) throw new BytesExhaustedError(this.position)
    const digits = this.#digits.slice(this.#position, this.#position + 2 * count)
    this.#position += 2 * count
    return `0x${digits}`
  }

  /** Next `count` bytes as an unsigned integer. @throws {BytesExhaustedError} Fewer are left. */
  uint(count: number): bigint {
    return BigInt(this.bytes(count))
  }

  /** Next `count` (up to 6) bytes as an unsigned integer. @throws {BytesExhaustedError} Fewer are left. */
  number(count: number): number {
    return Number(this.uint(count))
  }
}

/** Bytes end in the middle of a field. */
export class BytesExhaustedError extends BaseError {
  override readonly name = 'Account.BytesExhaustedError'

  constructor(position: number) {
    super(`The bytes end inside the field at offset ${position}.`)
  }
}
