import fc from 'fast-check'
import {
  encodeAbiParameters,
  encodeEventTopics,
  numberToHex,
  pad,
  parseAbi,
  parseAbiParameters,
  toHex,
  type Address,
  type Hex,
} from 'viem'
import { describe, expect, test } from 'vitest'
import { readChanges } from '@/lib/describe/simulate/readChanges'
import type { SimulatedLog } from '@/lib/describe/simulate/readEvent'

const own = '0x1111111111111111111111111111111111111111'
const friend = '0x2222222222222222222222222222222222222222'
const token = '0x3333333333333333333333333333333333333333'
const nft = '0x4444444444444444444444444444444444444444'
const native = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'
const abi = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 amount)',
  'event Approval(address indexed owner, address indexed spender, uint256 amount)',
  'event ApprovalForAll(address indexed owner, address indexed operator, bool approved)',
  'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)',
  'event TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values)',
  'event Deposit(address indexed owner, uint256 amount)',
  'event Withdrawal(address indexed owner, uint256 amount)',
])
const word = (value: bigint) => numberToHex(value, { size: 32 })

function log(
  address: Address,
  eventName: (typeof abi)[number]['name'],
  indexed: readonly Address[],
  data: Hex,
): SimulatedLog {
  const [topic] = encodeEventTopics({ abi, eventName }) as [Hex]
  return { address, topics: [topic, ...indexed.map((one) => pad(one))], data }
}
const moved = (asset: Address, from: Address, to: Address, amount: bigint) =>
  log(asset, 'Transfer', [from, to], word(amount))
const item = (event: 'Transfer' | 'Approval', from: Address, to: Address, id: bigint): SimulatedLog => {
  const { address, topics } = log(nft, event, [from, to], '0x')
  return { address, topics: [...topics, word(id)], data: '0x' }
}

describe('balances', () => {
  test('behavior: what goes out comes first; what is of others does not count', () => {
    const logs = [
      moved(token, friend, own, 7n),
      moved(native, own, friend, 5n),
      moved(token, friend, nft, 9n),
      item('Transfer', own, friend, 3n),
    ]
    expect(readChanges(logs, own)).toEqual({
      balances: [
        { asset: { kind: 'native' }, way: 'out', amount: 5n },
        { asset: { kind: 'collectible', collection: nft, id: 3n }, way: 'out', amount: 1n },
        { asset: { kind: 'token', token }, way: 'in', amount: 7n },
      ],
      approvals: [],
      hidden: 0,
    })
  })

  test('behavior: ERC-1155, one by one and in lists', () => {
    const one = log(
      nft,
      'TransferSingle',
      [friend, friend, own],
      encodeAbiParameters(parseAbiParameters('uint256, uint256'), [1n, 4n]),
    )
    const list = encodeAbiParameters(parseAbiParameters('uint256[], uint256[]'), [
      [1n, 2n],
      [1n, 6n],
    ])
    const many = log(nft, 'TransferBatch', [friend, own, friend], list)
    const { balances } = readChanges([one, many], own)
    expect(balances).toEqual([
      { asset: { kind: 'collectible', collection: nft, id: 2n }, way: 'out', amount: 6n },
      { asset: { kind: 'collectible', collection: nft, id: 1n }, way: 'in', amount: 3n },
    ])
  })

  test('behavior: sums are those of the logs, whatever their order', () => {
    const moves = fc.array(fc.tuple(fc.boolean(), fc.bigInt(0n, 2n ** 255n)), { maxLength: 40 })
    fc.assert(
      fc.property(moves, (list) => {
        const logs = list.map(([isIn, amount]) =>
          isIn ? moved(token, friend, own, amount) : moved(token, own, friend, amount),
        )
        const sum = list.reduce((total, [isIn, amount]) => total + (isIn ? amount : -amount), 0n)
        const expected =
          sum === 0n
            ? []
            : [
                {
                  asset: { kind: 'token', token },
                  way: sum > 0n ? 'in' : 'out',
                  amount: sum > 0n ? sum : -sum,
                },
              ]
        expect(readChanges(logs, own).balances).toEqual(expected)
        expect(readChanges(logs.reverse(), own).balances).toEqual(expected)
      }),
    )
  })

  test('behavior: wrapped ether that tells no transfer counts when the ether went the other way', () => {
    const made = log(token, 'Deposit', [own], word(5n))
    const paid = moved(native, own, token, 5n)
    expect(readChanges([paid, made], own).balances).toHaveLength(2)
    expect(readChanges([moved(native, own, token, 4n), made], own).balances).toHaveLength(1)
    // One that tells the transfer too is not counted twice.
    expect(readChanges([paid, made, moved(token, friend, own, 5n)], own).balances[1]?.amount).toBe(5n)
    const back = [log(token, 'Withdrawal', [own], word(5n)), moved(native, token, own, 5n)]
    expect(readChanges(back, own).balances.map(({ way }) => way)).toEqual(['out', 'in'])
  })
})

describe('approvals', () => {
  test('behavior: the last word counts, of the account’s own alone', () => {
    const all = (approved: boolean) => log(nft, 'ApprovalForAll', [own, friend], word(approved ? 1n : 0n))
    const logs = [
      log(token, 'Approval', [own, friend], word(9n)),
      log(token, 'Approval', [own, friend], word(2n)),
      log(token, 'Approval', [friend, own], word(3n)),
      item('Approval', own, friend, 8n),
      all(true),
      all(false),
    ]
    expect(readChanges(logs, own).approvals).toEqual([
      { kind: 'token', token, spender: friend, amount: 2n },
      { kind: 'item', collection: nft, spender: friend, id: 8n },
      { kind: 'all', collection: nft, spender: friend, approved: false },
    ])
  })
})

describe('hostile logs', () => {
  test('behavior: a flood is bounded, and said to be', () => {
    const logs = Array.from({ length: 100 }, (_, index) =>
      moved(pad(numberToHex(index + 1), { size: 20 }), friend, own, 1n),
    )
    const { balances, hidden } = readChanges(logs, own)
    expect([balances.length, hidden]).toEqual([16, 84])
    const flood = Array.from({ length: 5_000 }, () => moved(token, friend, own, 1n))
    expect(readChanges(flood, own)).toMatchObject({ balances: [{ amount: 4_000n }], hidden: 1_000 })
  })

  test('behavior: anything may stand in them', () => {
    const hex = (maxLength: number) => fc.uint8Array({ maxLength }).map(toHex)
    const topics = abi.map((one) => encodeEventTopics({ abi, eventName: one.name })[0] as Hex)
    const topic = fc.oneof(
      fc.constantFrom(pad(own), pad(friend)),
      fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex),
    )
    const logs = fc.record({
      address: fc.constantFrom<Address>(token, nft, native),
      topics: fc
        .tuple(fc.constantFrom(...topics), fc.array(topic, { maxLength: 3 }))
        .map(([first, rest]) => [first, ...rest]),
      data: hex(200),
    })
    fc.assert(
      fc.property(fc.array(logs, { maxLength: 20 }), (list) => {
        const { balances, approvals } = readChanges(list, own)
        for (const { amount } of balances) expect(amount).toBeGreaterThan(0n)
        expect(balances.length + approvals.length).toBeLessThanOrEqual(32)
      }),
    )
  })
})
