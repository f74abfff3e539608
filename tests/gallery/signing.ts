import { parseEther, stringToHex } from 'viem'
import { createSiweMessage } from 'viem/siwe'
import { parseTypedData } from '@/lib/account/typedData/parseTypedData'
import type { ApprovalRequest } from '@/lib/messaging/views'
import { chainId, day, friend, now, orchard, owner, shop, token } from '@/tests/gallery/snapshot'

const message = (text: string): ApprovalRequest => ({ kind: 'message', message: stringToHex(text) })

const login = (change: object = {}) =>
  message(
    createSiweMessage({
      domain: 'orchard.example',
      address: owner,
      uri: 'https://orchard.example/login',
      version: '1',
      chainId,
      nonce: 'k3Jq81LmPz0a',
      statement: 'Sign in to Orchard and accept the rules of the market.',
      issuedAt: new Date(now * 1000),
      expirationTime: new Date((now + day) * 1000),
      ...change,
    }),
  )

function typed(
  primaryType: string,
  types: Record<string, string>,
  content: object,
  domain: object = {},
): ApprovalRequest {
  const typedData = parseTypedData({
    domain: { name: 'Orchard', version: '1', chainId, verifyingContract: orchard, ...domain },
    primaryType,
    types: Object.fromEntries(
      Object.entries(types).map(([name, fields]) => [
        name,
        fields.split(', ').map((field) => ({ type: field.split(' ')[0], name: field.split(' ')[1] })),
      ]),
    ),
    message: content,
  })
  return { kind: 'typed-data', typedData }
}

const permit = (value: bigint) =>
  typed(
    'Permit',
    { Permit: 'address owner, address spender, uint256 value, uint256 nonce, uint256 deadline' },
    { owner, spender: shop, value: String(value), nonce: '0', deadline: String(now + day) },
    { name: 'Demo', verifyingContract: token },
  )

/** What an owner is asked to sign. */
export const signing: readonly { readonly name: string; readonly request: ApprovalRequest }[] = [
  {
    name: 'message',
    request: message(
      'Welcome to Orchard!\n\nSign this to prove that you planted tree no. 7.\nNo fee, nothing moves.',
    ),
  },
  { name: 'message-unseen', request: message(`Pay \u202e01\u202c DEMO to ${'a'.repeat(150)}`) },
  { name: 'message-bytes', request: { kind: 'message', message: `0x${'9fd3c1'.repeat(24)}` } },
  {
    name: 'message-long',
    request: message(
      Array.from({ length: 60 }, (_, line) => `${line + 1}. The gardener waters the tree.`).join('\n'),
    ),
  },
  { name: 'login', request: login() },
  {
    name: 'login-resources',
    request: login({
      resources: ['https://orchard.example/terms', 'urn:recap:eyJhdHQiOnsiaHR0cHM6Ly9vcmNoYXJkIjp7fX19'],
      expirationTime: undefined,
    }),
  },
  {
    name: 'login-mismatch',
    request: login({ domain: 'bank.example', uri: 'https://bank.example/login', chainId: 1 }),
  },
  { name: 'typed-permit', request: permit(parseEther('5')) },
  { name: 'typed-unlimited', request: permit(2n ** 256n - 1n) },
  {
    name: 'typed-order',
    request: typed(
      'OrderComponents',
      {
        OrderComponents:
          'address offerer, OfferItem[] offer, ConsiderationItem[] consideration, uint256 endTime',
        OfferItem:
          'uint8 itemType, address token, uint256 identifierOrCriteria, uint256 startAmount, uint256 endAmount',
        ConsiderationItem:
          'uint8 itemType, address token, uint256 identifierOrCriteria, uint256 startAmount, uint256 endAmount, address recipient',
      },
      {
        offerer: owner,
        offer: [{ itemType: 2, token: orchard, identifierOrCriteria: '7', startAmount: '1', endAmount: '1' }],
        consideration: [
          {
            itemType: 0,
            token: `0x${'0'.repeat(40)}`,
            identifierOrCriteria: '0',
            startAmount: String(parseEther('0.4')),
            endAmount: String(parseEther('0.4')),
            recipient: owner,
          },
        ],
        endTime: String(now + day),
      },
      { name: 'Seaport', version: '1.6' },
    ),
  },
  {
    name: 'typed-unknown',
    request: typed(
      'Vote',
      {
        Vote: 'address voter, Choice[] choices, string reason, bytes32 salt, bool final',
        Choice: 'uint256 plot, Person gardener',
        Person: 'string name, address wallet',
      },
      {
        voter: owner,
        choices: [
          { plot: '4', gardener: { name: 'Ada', wallet: friend } },
          {
            plot: '7',
            gardener: { name: 'A gardener with an unreasonably long name that goes on', wallet: shop },
          },
        ],
        reason: 'More apples, and a path between the rows.',
        salt: `0x${'4d'.repeat(32)}`,
        final: true,
      },
    ),
  },
  {
    name: 'token',
    request: { kind: 'token', token: { chainId, address: token, symbol: 'DEMO', decimals: 18 } },
  },
]
