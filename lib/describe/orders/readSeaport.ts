import type { Address } from 'viem'
import type { TypedData, TypedDataStruct } from '@/lib/account/typedData/typedData'
import { addressOf, amountOf, endOf, numberOf, structsOf } from '@/lib/describe/orders/fields'
import type { Given, Order } from '@/lib/describe/orders/order'

/**
 * Reads Seaport's order: what the owner offers, and what comes back to the owner. A listing that brings nothing back is a gift.
 *
 * @see https://docs.opensea.io/docs/seaport
 */
export function readSeaport({ primaryType, message }: TypedData): Order | null {
  if (primaryType !== 'OrderComponents') return null
  const offerer = addressOf(message['offerer'])
  const gives = structsOf(message['offer'])?.map((item) => itemOf(item, 'endAmount', 'startAmount'))
  const considered = structsOf(message['consideration'])
  const end = numberOf(message['endTime'])
  if (offerer === null || end === null || !gives?.every(isGiven) || !considered) return null
  const own = considered.filter((item) => isSame(addressOf(item['recipient']), offerer))
  const gets = own.map((item) => itemOf(item, 'startAmount', 'endAmount')).filter(isGiven)
  return { gives, taker: null, gets, usableUntil: endOf(end) }
}

/** The worse of the two amounts that an item moves between counts: the larger one offered, the smaller one got. */
function itemOf(item: TypedDataStruct, first: string, second: string): Given | null {
  const type = numberOf(item['itemType'])
  const token = addressOf(item['token'])
  const identifier = numberOf(item['identifierOrCriteria'])
  const [a, b] = [numberOf(item[first]), numberOf(item[second])]
  if (type === null || token === null || identifier === null || a === null || b === null) return null
  const offered = first === 'endAmount'
  const amount = offered === a > b ? a : b
  if (type === 0n) return { kind: 'native', amount }
  if (type === 1n) return { kind: 'token', token, amount: amountOf(amount) }
  // Types 4 and 5 are criteria: any of the collection when the criterion is 0.
  const id = type >= 4n ? null : identifier
  return { kind: 'collectible', collection: token, id, count: amount }
}

const isGiven = (given: Given | null): given is Given => given !== null
const isSame = (one: Address | null, other: Address) => one?.toLowerCase() === other.toLowerCase()
