import { parseEther } from 'viem'
import { expect, test } from 'vitest'
import { parseTypedData } from '@/lib/account/typedData/parseTypedData'
import type { DescribeContext } from '@/lib/describe/context'
import { kindRules } from '@/lib/policy/kindRules'
import { describeTypedData } from '@/lib/describe/describeTypedData'
import { signatureEnd } from '@/lib/describe/signatureEnd'
import { typedDataRows } from '@/lib/describe/typedDataRows'

const token = '0x2FE09C1BD9c35B3f8e3d0f3A21e74cF0bA9D1E55'
const spender = '0x00000000000000000000000000000000000000D1'
const me = '0x00000000000000000000000000000000000000A1'
const context: DescribeContext = {
  rules: kindRules.latchkey,
  currency: { symbol: 'ETH', decimals: 18 },
  tokens: [{ address: token, symbol: 'DEMO', decimals: 18 }],
  functions: {},
  names: {},
  now: 1_800_000_000,
  timeZone: 'UTC',
  locale: 'en-GB',
}
const everything = (2n ** 256n - 1n).toString()

/** Types follow from the values: addresses, numbers as digits, structs and lists of them. */
function typed(
  primaryType: string,
  message: object,
  domain: object = { name: 'X', verifyingContract: token },
) {
  const types: Record<string, { name: string; type: string }[]> = {}
  const typeOf = (name: string, value: unknown): string => {
    if (Array.isArray(value)) return `${typeOf(name, value[0])}[]`
    if (typeof value === 'boolean') return 'bool'
    if (typeof value === 'object' && value !== null) {
      const struct = `T${name}`
      add(struct, value)
      return struct
    }
    return /^0x[0-9a-fA-F]{40}$/.test(String(value))
      ? 'address'
      : /^\d+$/.test(String(value))
        ? 'uint256'
        : 'string'
  }
  const add = (struct: string, value: object) => {
    types[struct] = Object.entries(value).map(([name, item]) => ({ name, type: typeOf(name, item) }))
  }
  add(primaryType, message)
  return parseTypedData({ types, primaryType, domain, message })
}
const words = (...given: Parameters<typeof typed>) => describeTypedData(typed(...given), context)
const deadline = '1800003600'

test('behavior: a permit says who may take how much until when, and that it outlives sessions', () => {
  const permit = { owner: me, spender, value: parseEther('5').toString(), nonce: '0', deadline }
  expect(words('Permit', permit)).toEqual({
    title: 'Let 0x0000…00D1 take up to 5 DEMO',
    lines: ['Can be used until today, 09:00.'],
    warnings: [
      {
        severity: 'caution',
        text: 'This outlives your sessions. 0x0000…00D1 can take up to 5 DEMO until you remove the approval.',
      },
    ],
  })
})

test('behavior: a permit for everything, or without end, is a danger', () => {
  const permit = { owner: me, spender, value: everything, nonce: '0', deadline: everything }
  expect(words('Permit', permit)).toMatchObject({
    title: 'Let 0x0000…00D1 take all your DEMO',
    lines: ['Can be used at any time.'],
    warnings: [{ severity: 'danger' }],
  })
  expect(words('Permit', { holder: me, spender, nonce: '0', expiry: '0', allowed: true })).toMatchObject({
    title: 'Let 0x0000…00D1 take all your DEMO',
    warnings: [{ severity: 'danger' }],
  })
  expect(words('Permit', { holder: me, spender, nonce: '0', expiry: '0', allowed: false })?.warnings).toEqual(
    [],
  )
})

test('behavior: Permit2 reaches the token inside the message', () => {
  const details = { token, amount: parseEther('2').toString(), expiration: deadline, nonce: '0' }
  expect(words('PermitSingle', { details, spender, sigDeadline: deadline })).toMatchObject({
    title: 'Let 0x0000…00D1 take up to 2 DEMO',
    lines: ['Can be used until today, 09:00.', 'Then stands until today, 09:00.'],
    warnings: [{ severity: 'caution' }],
  })
  const permitted = { token, amount: parseEther('2').toString() }
  expect(words('PermitTransferFrom', { permitted, spender, nonce: '0', deadline })).toMatchObject({
    title: 'Let 0x0000…00D1 take up to 2 DEMO',
    lines: ['Can be used until today, 09:00.', 'Works once.'],
  })
  const batch = { details: [details, { ...details, amount: everything }], spender, sigDeadline: deadline }
  expect(words('PermitBatch', batch)).toMatchObject({
    title: 'Let 0x0000…00D1 take up to 2 DEMO and all your DEMO',
    warnings: [{ severity: 'danger' }],
  })
})

test('behavior: collectibles: one, or a whole collection', () => {
  expect(words('Permit', { spender, tokenId: '7', nonce: '0', deadline })?.title).toBe(
    'Let 0x0000…00D1 take no. 7 of 0x2Fe0…1e55',
  )
  expect(
    words('PermitForAll', { owner: me, operator: spender, approved: true, nonce: '0', deadline }),
  ).toMatchObject({
    title: 'Let 0x0000…00D1 take any collectible of 0x2Fe0…1e55',
    warnings: [{ severity: 'danger' }],
  })
})

test('behavior: an order says what is traded for what; one that brings nothing back is a danger', () => {
  const offer = [{ itemType: '2', token, identifierOrCriteria: '7', startAmount: '1', endAmount: '1' }]
  const paid = (recipient: string) => [
    {
      itemType: '0',
      token: `0x${'0'.repeat(40)}`,
      identifierOrCriteria: '0',
      startAmount: parseEther('1').toString(),
      endAmount: parseEther('0.5').toString(),
      recipient,
    },
  ]
  const order = (recipient: string) => ({
    offerer: me,
    offer,
    consideration: paid(recipient),
    startTime: '0',
    endTime: deadline,
  })
  expect(words('OrderComponents', order(me))).toMatchObject({
    title: 'Trade no. 7 of 0x2Fe0…1e55 for 0.5 ETH',
    warnings: [{ severity: 'caution' }],
  })
  expect(words('OrderComponents', order(spender))?.warnings[0]).toEqual({
    severity: 'danger',
    text: 'Nothing comes back to you: no. 7 of 0x2Fe0…1e55 is given away.',
  })
})

test('behavior: a transfer by authorization works once', () => {
  const message = {
    from: me,
    to: spender,
    value: parseEther('3').toString(),
    validAfter: '0',
    validBefore: deadline,
    nonce: '1',
  }
  expect(words('TransferWithAuthorization', message)).toMatchObject({
    title: 'Let 0x0000…00D1 take up to 3 DEMO',
    lines: ['Can be used until today, 09:00.', 'Works once.'],
  })
})

test('behavior: other typed data is not known, whatever it is called', () => {
  expect(words('Vote', { proposal: '1', support: true })).toBeNull()
  expect(words('Permit', { spender: 'nobody', value: '1', deadline })).toBeNull()
  expect(words('PermitSingle', { spender, details: 'none', sigDeadline: '1' })).toBeNull()
})

test('behavior: the tree holds every value in full, what is unseen spelled out', () => {
  const data = typed('Vote', { who: spender, why: 'a\u202eb', choices: [{ n: '1' }, { n: '2' }], ok: false })
  expect(typedDataRows(data)).toEqual([
    { depth: 0, label: 'who', text: spender, isCode: true },
    { depth: 0, label: 'why', text: 'a‹U+202E›b', isCode: false },
    { depth: 0, label: 'choices', text: null, isCode: false },
    { depth: 1, label: '1', text: null, isCode: false },
    { depth: 2, label: 'n', text: '1', isCode: false },
    { depth: 1, label: '2', text: null, isCode: false },
    { depth: 2, label: 'n', text: '2', isCode: false },
    { depth: 0, label: 'ok', text: 'no', isCode: false },
  ])
})

test('behavior: a signature lasts as long as the message says, else it has no end', () => {
  const end = (typedData: ReturnType<typeof typed>) => signatureEnd({ kind: 'typed', typedData })
  expect(end(typed('Permit', { owner: me, spender, value: '1', nonce: '0', deadline }))).toBe(1_800_003_600)
  expect(end(typed('Permit', { owner: me, spender, value: '1', nonce: '0', deadline: everything }))).toBe(0)
  expect(end(typed('Vote', { proposal: '1' }))).toBe(0)
  expect(signatureEnd({ kind: 'personal', message: '0x68656c6c6f' })).toBe(0)
})
