import { hashTypedData, keccak256, concat, hashMessage as hashPersonal, stringToHex, type Hex } from 'viem'
import {
  hashMessage as oracleMessage,
  hashTypedData as oracleTypedData,
  wrapTypedDataSignature,
} from 'viem/experimental/erc7739'
import { expect, test } from 'vitest'
import { messageAppendix, nestMessage, type AccountDomain } from '@/lib/account/erc7739'
import { parseTypedData } from '@/lib/account/typedData/parseTypedData'

const account: AccountDomain = {
  name: 'Latchkey',
  version: '1',
  chainId: 31337,
  verifyingContract: '0x7a0c3fd2e1b94456c0de8bd1a90f73ce5514d9b2',
}
const verifierDomain = { ...account, salt: `0x${'00'.repeat(32)}` as Hex }
const mail = {
  domain: {
    name: 'Mail',
    version: '2',
    chainId: 31337,
    verifyingContract: '0x00000000000000000000000000000000000000d1',
  },
  primaryType: 'Mail',
  types: {
    Mail: [
      { name: 'from', type: 'Person' },
      { name: 'to', type: 'Person[]' },
      { name: 'text', type: 'string' },
      { name: 'amount', type: 'int256' },
    ],
    Person: [
      { name: 'name', type: 'string' },
      { name: 'wallet', type: 'address' },
    ],
  },
  message: {
    from: { name: 'A', wallet: '0x00000000000000000000000000000000000000a1' },
    to: [{ name: 'B', wallet: '0x00000000000000000000000000000000000000b1' }],
    text: 'hello',
    amount: '-5',
  },
} as const

test('behavior: a personal message is nested as viem nests it', () => {
  const message = stringToHex('hello')
  expect(nestMessage({ kind: 'personal', message }, account)).toBe(
    oracleMessage({ message: { raw: message }, verifierDomain }),
  )
})

test('behavior: typed data whose type comes first by name is nested and described as viem does', () => {
  const typedData = parseTypedData(mail)
  const message = { kind: 'typed', typedData } as const
  const wanted = oracleTypedData({ ...mail, verifierDomain } as unknown as Parameters<
    typeof oracleTypedData
  >[0])
  expect(nestMessage(message, account)).toBe(wanted)
  const wrapped = wrapTypedDataSignature({ ...mail, signature: '0xabcd' } as unknown as Parameters<
    typeof wrapTypedDataSignature
  >[0])
  expect(concat(['0xabcd', messageAppendix(message)])).toBe(wrapped)
})

test('behavior: a type that does not come first by name is named behind its description', () => {
  const types = { Zebra: [{ name: 'a', type: 'Ape' }], Ape: [{ name: 'n', type: 'uint8' }] }
  const typedData = parseTypedData({ domain: {}, types, primaryType: 'Zebra', message: { a: { n: 1 } } })
  const appendix = messageAppendix({ kind: 'typed', typedData })
  const description = stringToHex('Ape(uint8 n)Zebra(Ape a)Zebra').slice(2)
  expect(appendix.slice(2 + 128, -4)).toBe(description)
  expect(Number(`0x${appendix.slice(-4)}`)).toBe(description.length / 2)
})

test('behavior: separator and contents of the appendix explain the hash that the site checks', () => {
  const appendix = messageAppendix({ kind: 'typed', typedData: parseTypedData(mail) })
  const explained = keccak256(concat(['0x1901', `0x${appendix.slice(2, 130)}`]))
  expect(explained).toBe(hashTypedData(mail as unknown as Parameters<typeof hashTypedData>[0]))
})

test('behavior: another account, chain or message gives another hash, and none is the message’s own', () => {
  const message = { kind: 'personal', message: stringToHex('hello') } as const
  const hashes = [
    nestMessage(message, account),
    nestMessage(message, { ...account, chainId: 1 }),
    nestMessage(message, { ...account, verifyingContract: mail.domain.verifyingContract }),
    nestMessage({ kind: 'personal', message: stringToHex('hello ') }, account),
    hashPersonal('hello'),
  ]
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('error: a primary type that begins with a small letter cannot be signed, and the reason says so', () => {
  const typedData = parseTypedData({
    domain: {},
    types: { mail: [{ name: 'n', type: 'uint8' }] },
    primaryType: 'mail',
    message: { n: 1 },
  })
  expect(() => nestMessage({ kind: 'typed', typedData }, account)).toThrow(/small letter.*ERC-7739/)
})
