import type { Address, Hex } from 'viem'

const zero: Address = `0x${'00'.repeat(20)}`

/** Writes a script for `contracts/test/vectors/Replay.t.sol`, whose comment has the format. */
export class Script {
  #bytes = Buffer.alloc(1 << 20)
  #length = 4
  #capacity = 0

  /** @param answer - Most bytes that it answers. */
  call(from: Address, to: Address, data: Hex, answer: number): void {
    const length = (data.length - 2) / 2
    this.#reserve(45 + length)
    this.#byte(1)
    this.#hex(from)
    this.#hex(to)
    this.#uint32(length)
    this.#hex(data)
    this.#capacity += 5 + answer
  }

  /**
   * Calls, and keeps the effects only if what is returned allows an operation now.
   *
   * @param keep - Counts a wrong signature as right.
   */
  validate(from: Address, to: Address, data: Hex, keep: boolean): void {
    this.call(zero, zero, `0xff${keep ? '01' : '00'}${from.slice(2)}${to.slice(2)}${data.slice(2)}`, 101)
  }

  /** @param timestamp - Unix seconds. */
  time(timestamp: number): void {
    this.#reserve(9)
    this.#byte(2)
    this.#bytes.writeBigUInt64BE(BigInt(timestamp), this.#length)
    this.#length += 8
  }

  balance(address: Address): void {
    this.#reserve(21)
    this.#byte(3)
    this.#hex(address)
    this.#capacity += 32
  }

  /** @param wei - What the address has from now on. */
  deal(address: Address, wei: bigint): void {
    this.#reserve(53)
    this.#byte(4)
    this.#hex(address)
    this.#hex(`0x${wei.toString(16).padStart(64, '0')}`)
  }

  /** Puts code at an address. */
  etch(address: Address, code: Hex): void {
    const length = (code.length - 2) / 2
    this.#reserve(25 + length)
    this.#byte(5)
    this.#hex(address)
    this.#uint32(length)
    this.#hex(code)
  }

  /** The script as it stands. */
  bytes(): Buffer {
    this.#bytes.writeUInt32BE(this.#capacity + 64, 0)
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#bytes.length) return
    const wider = Buffer.alloc(2 * (this.#bytes.length + size))
    this.#bytes.copy(wider)
    this.#bytes = wider
  }

  #byte(value: number): void {
    this.#bytes[this.#length++] = value
  }

  #uint32(value: number): void {
    this.#bytes.writeUInt32BE(value, this.#length)
    this.#length += 4
  }

  #hex(hex: Hex): void {
    const written = this.#bytes.write(hex.slice(2), this.#length, 'hex')
    if (written !== (hex.length - 2) / 2) throw new TypeError(`Not hex: ${hex.slice(0, 80)}`)
    this.#length += written
  }
}
