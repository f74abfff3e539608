import { hashTypedData } from 'viem'
import { expect, test } from 'vitest'
import { parseTypedData } from '@/lib/account/typedData/parseTypedData'

const shop = '0x00000000000000000000000000000000000000d1'
const order = {
  domain: { name: 'Shop', chainId: 31337, verifyingContract: shop },
  primaryType: 'Order',
  types: {
    Order: [
      { name: 'item', type: 'Item' },
      { name: 'marks', type: 'bytes4[2]' },
      { name: 'note', type: 'string' },
      { name: 'paid', type: 'bool' },
      { name: 'raw', type: 'bytes' },
      { name: 'delta', type: 'int16' },
    ],
    Item: [{ name: 'amount', type: 'uint256' }],
  },
  message: {
    item: { amount: '10' },
    marks: ['0x01020304', '0xAABBCCDD'],
    note: 'x',
    paid: true,
    raw: '0x',
    delta: -3,
  },
}
const changed = (message: object) => ({ ...order, message: { ...order.message, ...message } })
const oneField = (type: string, value: unknown) => ({
  domain: {},
  primaryType: 'One',
  types: { One: [{ name: 'a', type }] },
  message: { a: value },
})

test('param: an object, its JSON, and numbers as numbers, digits or hex read alike', () => {
  const [read, fromJson, hex, digits] = [
    order,
    JSON.stringify(order),
    {
      ...order,
      domain: { ...order.domain, chainId: '0x7a69' },
      message: { ...order.message, item: { amount: 10 } },
    },
    {
      ...order,
      domain: { ...order.domain, chainId: '31337' },
      message: { ...order.message, item: { amount: '0xa' } },
    },
  ].map(parseTypedData)
  expect(read?.message).toMatchObject({
    item: { amount: 10n },
    delta: -3n,
    marks: ['0x01020304', '0xaabbccdd'],
  })
  for (const other of [fromJson, hex, digits]) expect(other).toEqual(read)
})

test('behavior: what was read hashes as what was sent', () => {
  const read = parseTypedData(order) as unknown as Parameters<typeof hashTypedData>[0]
  const sent = { ...order, message: { ...order.message, item: { amount: 10n } } }
  expect(hashTypedData(read)).toBe(hashTypedData(sent as unknown as Parameters<typeof hashTypedData>[0]))
})

test('behavior: what the signature does not cover is left out', () => {
  const read = parseTypedData({
    ...changed({ extra: 'you pay nothing' }),
    types: { ...order.types, Unused: [{ name: 'a', type: 'string' }] },
  })
  expect(Object.keys(read.message)).not.toContain('extra')
  expect(Object.keys(read.types).sort()).toEqual(['EIP712Domain', 'Item', 'Order'])
})

test('behavior: the domain’s type is what the site lists, else what the domain has', () => {
  expect(parseTypedData(order).types['EIP712Domain']?.map(({ name }) => name)).toEqual([
    'name',
    'chainId',
    'verifyingContract',
  ])
  const listed = {
    ...order,
    domain: { name: 'Shop' },
    types: { ...order.types, EIP712Domain: [{ name: 'name', type: 'string' }] },
  }
  expect(parseTypedData(listed).domain).toEqual({ name: 'Shop' })
})

test.each([
  [changed({ item: {} }), 'message.item.amount is missing'],
  [changed({ item: null }), 'message.item must be an object'],
  [changed({ item: { amount: 2 ** 60 } }), 'message.item.amount must be a whole number'],
  [changed({ item: { amount: '1.5' } }), 'message.item.amount must be a whole number'],
  [changed({ item: { amount: '-1' } }), 'message.item.amount does not fit uint256'],
  [changed({ delta: '40000' }), 'message.delta does not fit int16'],
  [changed({ marks: ['0x01020304'] }), 'message.marks must be a list of 2'],
  [changed({ marks: ['0x01', '0x02'] }), 'message.marks.0 must be hex of the type bytes4'],
  [changed({ paid: 'yes' }), 'message.paid must be of the type bool'],
  [changed({ note: 7 }), 'message.note must be of the type string'],
  [oneField('address', '0x12'), 'message.a must be of the type address'],
  [oneField('uint7', 1), 'types lacks the struct uint7'],
  [oneField('toString', {}), 'types has a struct of a name that cannot be'],
  [oneField('A b)Permit', {}), 'types has a struct of a name that cannot be'],
  [{ ...order, primaryType: 'Gone' }, 'types lacks the struct Gone'],
  [{ ...order, primaryType: 'EIP712Domain' }, 'primaryType must be a message'],
  [
    { ...order, types: { ...order.types, EIP712Domain: [{ name: 'name', type: 'string' }] } },
    'domain.chainId is not among',
  ],
  [
    { ...order, types: { ...order.types, EIP712Domain: [{ name: 'owner', type: 'address' }] } },
    'cannot be in a domain',
  ],
  [
    {
      ...order,
      types: {
        ...order.types,
        Item: [
          { name: 'a', type: 'bool' },
          { name: 'a', type: 'bool' },
        ],
      },
    },
    'two members of one name',
  ],
  [{ ...order, domain: { name: 7 } }, 'domain.name must be of the type string'],
  ['{', 'must be JSON'],
  [[], 'must be an object'],
])('error: %# is -32602 and names the member', (data, message) => {
  try {
    parseTypedData(data)
  } catch (error) {
    expect(error).toMatchObject({ code: -32602 })
    expect((error as Error).message).toContain(message)
    return
  }
  throw new Error('No error.')
})
