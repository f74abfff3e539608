import type { TypedData } from '@/lib/account/typedData/typedData'
import { addressOf, amountOf, endOf, numberOf } from '@/lib/describe/orders/fields'
import type { Given, Order } from '@/lib/describe/orders/order'

/**
 * Reads the permits of tokens themselves: ERC-2612 (and DAI's own), ERC-4494 for collectibles, whole collections, and the
 * transfers of ERC-3009. The token is the domain's contract.
 *
 * @see https://eips.ethereum.org/EIPS/eip-2612
 * @see https://eips.ethereum.org/EIPS/eip-3009
 */
export function readPermit({ primaryType, domain, message }: TypedData): Order | null {
  const token = addressOf(domain['verifyingContract'])
  if (token === null) return null
  const base = { gets: [] as readonly Given[] }
  const number = (name: string) => numberOf(message[name])

  if (primaryType === 'Permit') {
    const taker = addressOf(message['spender'])
    const end = number('deadline') ?? number('expiry')
    if (taker === null || end === null) return null
    const used = { ...base, taker, usableUntil: endOf(end) }
    const value = number('value')
    if (value !== null)
      return { ...used, gives: [{ kind: 'token', token, amount: amountOf(value) }], standsUntil: null }
    const id = number('tokenId')
    if (id !== null)
      return {
        ...used,
        gives: [{ kind: 'collectible', collection: token, id, count: 1n }],
        standsUntil: null,
      }
    if (typeof message['allowed'] !== 'boolean') return null
    return {
      ...used,
      // DAI: an expiry of 0 is no end.
      usableUntil: end === 0n ? null : endOf(end),
      gives: message['allowed'] ? [{ kind: 'token', token, amount: null }] : [],
      standsUntil: null,
    }
  }
  if (/^(PermitForAll|PermitAll|SetApprovalForAll|ApprovalForAll)$/.test(primaryType)) {
    const taker = addressOf(message['operator']) ?? addressOf(message['spender'])
    if (taker === null) return null
    const end = number('deadline')
    return {
      ...base,
      taker,
      gives:
        message['approved'] === false
          ? []
          : [{ kind: 'collectible', collection: token, id: null, count: 1n }],
      usableUntil: end === null ? null : endOf(end),
      standsUntil: null,
    }
  }
  if (/^(Transfer|Receive)WithAuthorization$/.test(primaryType)) {
    const taker = addressOf(message['to'])
    const value = number('value')
    const end = number('validBefore')
    if (taker === null || value === null || end === null) return null
    return {
      ...base,
      taker,
      gives: [{ kind: 'token', token, amount: amountOf(value) }],
      usableUntil: endOf(end),
    }
  }
  return null
}
