import type { TypedData, TypedDataStruct } from '@/lib/account/typedData/typedData'
import { addressOf, amountOf, endOf, numberOf, structOf, structsOf } from '@/lib/describe/orders/fields'
import type { Given, Order } from '@/lib/describe/orders/order'

/**
 * Reads the messages of Permit2: allowances (`PermitSingle`, `PermitBatch`) and single transfers (`PermitTransferFrom` and its
 * batch and witness forms). They reach every token that was ever approved for Permit2.
 *
 * @see https://docs.uniswap.org/contracts/permit2/overview
 */
export function readPermit2({ primaryType, message }: TypedData): Order | null {
  const taker = addressOf(message['spender'])
  if (primaryType === 'PermitSingle' || primaryType === 'PermitBatch') {
    const details = listOf(message, 'details')
    const end = numberOf(message['sigDeadline'])
    const gives = details?.map(givenOf)
    const ends = details?.map(({ expiration }) => numberOf(expiration))
    if (taker === null || end === null || !gives?.every(isGiven) || !ends?.every((at) => at !== null))
      return null
    const last = ends.reduce<bigint>((most, at) => (at > most ? at : most), 0n)
    return { gives, taker, gets: [], usableUntil: endOf(end), standsUntil: endOf(last) }
  }
  if (/^Permit(Batch)?(Witness)?TransferFrom$/.test(primaryType)) {
    const gives = listOf(message, 'permitted')?.map(givenOf)
    const end = numberOf(message['deadline'])
    if (end === null || !gives?.every(isGiven)) return null
    return { gives, taker, gets: [], usableUntil: endOf(end) }
  }
  return null
}

function listOf(message: TypedDataStruct, name: string): readonly TypedDataStruct[] | null {
  const one = structOf(message[name])
  return one === null ? structsOf(message[name]) : [one]
}

function givenOf({ token: address, amount: value }: TypedDataStruct): Given | null {
  const token = addressOf(address)
  const amount = numberOf(value)
  return token === null || amount === null ? null : { kind: 'token', token, amount: amountOf(amount) }
}

const isGiven = (given: Given | null): given is Given => given !== null
