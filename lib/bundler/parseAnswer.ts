import { isAddress, isHex, type Address, type Hex } from 'viem'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { Server } from '@/lib/bundler/requestServer'

/** Reads the members of a server's answer. A member of the wrong form counts like no answer at all. */
export type Answer = {
  /** Whether the member is there and not `null`. */
  has(name: string): boolean
  /** A quantity of at most 256 bits. */
  quantity(name: string): bigint
  hex(name: string): Hex
  /** 32 bytes. */
  hash(name: string): Hex
  address(name: string): Address
  boolean(name: string): boolean
  /** `undefined` unless it is a string. */
  text(name: string): string | undefined
  /** A member that is an object. */
  inner(name: string): Answer
}

/**
 * Wraps a server's answer for reading.
 *
 * @throws {UnreachableError} The answer is no object; likewise each reader for a member of the wrong form.
 */
export function parseAnswer(server: Server, answer: unknown, path = 'result'): Answer {
  const unusable = (name: string) =>
    new UnreachableError(
      server.role,
      server.network,
      server.url,
      new TypeError(`${path}.${name} is unusable`),
    )
  if (typeof answer !== 'object' || answer === null) throw unusable('*')
  const members = answer as Readonly<Record<string, unknown>>
  const read = <type>(name: string, is: (value: unknown) => value is type): type => {
    const value = members[name]
    if (!is(value)) throw unusable(name)
    return value
  }
  return {
    has: (name) => members[name] !== undefined && members[name] !== null,
    quantity: (name) => BigInt(read(name, isQuantity)),
    hex: (name) => read(name, isBytes),
    hash: (name) => read(name, isHash),
    address: (name) => read(name, isAnyAddress),
    boolean: (name) => read(name, (value) => typeof value === 'boolean'),
    text: (name) => (typeof members[name] === 'string' ? members[name] : undefined),
    inner: (name) => parseAnswer(server, members[name], `${path}.${name}`),
  }
}

// Some bundlers send quantities as JSON numbers.
const isQuantity = (value: unknown): value is string | number =>
  (typeof value === 'string' && /^0x[0-9a-f]{1,64}$/i.test(value)) ||
  (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
const isBytes = (value: unknown): value is Hex => isHex(value) && value.length % 2 === 0
const isHash = (value: unknown): value is Hex => isHex(value) && value.length === 66
const isAnyAddress = (value: unknown): value is Address =>
  typeof value === 'string' && isAddress(value, { strict: false })
