import { decodeAbiParameters, parseAbiParameters, size, slice, type Address, type Hex } from 'viem'
import type { ApprovalChange, Asset } from '@/lib/describe/simulate/simulation'

/** A log of a simulated call; everything in lower case. */
export type SimulatedLog = { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex }

/** What a log says of tokens; addresses in lower case. */
export type TokenEvent =
  | {
      readonly kind: 'transfer'
      readonly asset: Asset
      readonly from: string
      readonly to: string
      readonly amount: bigint
    }
  /** Wrapped ether made or unmade, which the first of its contracts tell by no transfer. */
  | {
      readonly kind: 'wrap'
      readonly token: Address
      readonly owner: string
      readonly way: 'in' | 'out'
      readonly amount: bigint
    }
  | { readonly kind: 'approval'; readonly owner: string; readonly approval: ApprovalChange }

/** Where `traceTransfers` lets moves of the native currency seem to come from. */
const native = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'

const transfer = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const approval = '0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925'
const approvalForAll = '0x17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31'
const deposit = '0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c'
const withdrawal = '0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65'
const single = '0xc3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62'
const batch = '0x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb'
const batchParameters = parseAbiParameters('uint256[] ids, uint256[] amounts')
/** Items of one log that are looked at. */
const mostItems = 200

/** Reads a log of ERC-20, ERC-721 or ERC-1155, or of the native currency. Anything else, and what is malformed, says nothing. */
export function readEvent({ address, topics, data }: SimulatedLog): TokenEvent[] {
  const [event, first, second, third] = topics
  if (event === undefined || first === undefined) return []
  if (event === deposit || event === withdrawal) {
    const [owner, amount] = [addressIn(first), wordOf(data, 0)]
    if (owner === null || amount === null) return []
    return [{ kind: 'wrap', token: address, owner, way: event === deposit ? 'in' : 'out', amount }]
  }
  if (second === undefined) return []
  switch (event) {
    case transfer:
    case approval: {
      const [from, to] = [addressIn(first), addressIn(second)]
      // ERC-721 has the item’s number as a topic, ERC-20 the amount as data.
      const number = third === undefined ? wordOf(data, 0) : BigInt(third)
      if (from === null || to === null || number === null) return []
      const isItem = third !== undefined
      if (event === approval)
        return [{ kind: 'approval', owner: from, approval: approvalOf(address, to, number, isItem) }]
      return [
        { kind: 'transfer', asset: assetOf(address, number, isItem), from, to, amount: isItem ? 1n : number },
      ]
    }
    case approvalForAll: {
      const [owner, spender, approved] = [addressIn(first), addressIn(second), wordOf(data, 0)]
      if (owner === null || spender === null || approved === null) return []
      return [
        {
          kind: 'approval',
          owner,
          approval: { kind: 'all', collection: address, spender, approved: approved !== 0n },
        },
      ]
    }
    case single:
    case batch: {
      const [from, to] = [addressIn(second), third === undefined ? null : addressIn(third)]
      if (from === null || to === null) return []
      return itemsOf(data, event === batch).map(([id, amount]) => ({
        kind: 'transfer',
        asset: { kind: 'collectible', collection: address, id },
        from,
        to,
        amount,
      }))
    }
    default:
      return []
  }
}

function assetOf(address: Address, number: bigint, isItem: boolean): Asset {
  if (isItem) return { kind: 'collectible', collection: address, id: number }
  return address === native ? { kind: 'native' } : { kind: 'token', token: address }
}

function approvalOf(address: Address, spender: Address, number: bigint, isItem: boolean): ApprovalChange {
  return isItem
    ? { kind: 'item', collection: address, spender, id: number }
    : { kind: 'token', token: address, spender, amount: number }
}

function itemsOf(data: Hex, isBatch: boolean): [id: bigint, amount: bigint][] {
  if (!isBatch) {
    const [id, amount] = [wordOf(data, 0), wordOf(data, 1)]
    return id === null || amount === null ? [] : [[id, amount]]
  }
  try {
    const [ids, amounts] = decodeAbiParameters(batchParameters, data)
    return ids.slice(0, mostItems).map((id, index) => [id, amounts[index] ?? 0n])
  } catch (error) {
    // Not a list of numbers: the contract is no ERC-1155.
    if (error instanceof Error) return []
    throw error
  }
}

const wordOf = (data: Hex, index: number) =>
  size(data) < 32 * (index + 1) ? null : BigInt(slice(data, 32 * index, 32 * (index + 1)))

/** `null` when the topic is no address. */
function addressIn(topic: Hex): Address | null {
  return /^0x0{24}[0-9a-f]{40}$/.test(topic) ? `0x${topic.slice(26)}` : null
}
