import { isAddress, getAddress, stringToHex, type Address, type Hex } from 'viem'
import * as v from 'valibot'
import { InvalidParamsError } from '@/lib/rpc/errors'

/** Longest message, in characters of the parameter. */
const longest = 100_000

/** Parameters of the signing methods: the first two count. web3.js sends a third, a password that nobody has. */
export const signParamsSchema = v.pipe(
  v.array(v.unknown()),
  v.minLength(2, 'must have a message and an address'),
  v.transform((params) => [params[0], params[1]] as const),
)

/**
 * Tells the address from what is to be signed: clients send them in either order. Where both could be the address, the order is the
 * method's own.
 *
 * @param addressFirst - The method's own order.
 * @throws {InvalidParamsError} Neither is an address.
 */
export function readSignParams(
  method: string,
  [one, other]: readonly [unknown, unknown],
  addressFirst: boolean,
): { readonly address: Address; readonly content: unknown } {
  const [expected, swapped] = addressFirst ? [one, other] : [other, one]
  if (isAnyAddress(expected)) return { address: getAddress(expected), content: swapped }
  if (isAnyAddress(swapped)) return { address: getAddress(swapped), content: expected }
  throw new InvalidParamsError(`${method}: params must hold the account's address and what it is to sign.`)
}

function isAnyAddress(value: unknown): value is string {
  return typeof value === 'string' && isAddress(value, { strict: false })
}

/**
 * The bytes of a message for `personal_sign`: hex is taken as bytes, all else as text.
 *
 * @throws {InvalidParamsError} Not text, or too long.
 */
export function messageBytes(content: unknown): Hex {
  if (typeof content !== 'string')
    throw new InvalidParamsError('personal_sign: the message must be text or hex.')
  if (content.length > longest)
    throw new InvalidParamsError(
      'personal_sign: the message is over 100,000 characters. Sign its hash instead.',
    )
  return /^0x([0-9a-fA-F]{2})*$/.test(content) ? (content.toLowerCase() as Hex) : stringToHex(content)
}
