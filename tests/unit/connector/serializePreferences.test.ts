import { parseAbi } from 'viem'
import { expect, test } from 'vitest'
import { callPolicy, type SessionPreferences } from '@/lib/connector/index'
import { serializePreferences } from '@/lib/connector/serializePreferences'
import { serializeValue } from '@/lib/connector/serializeValue'
import { parsePreferences } from '@/lib/session/preferences/parsePreferences'

const address = '0x1111111111111111111111111111111111111111'
const abi = parseAbi([
  'function transfer(address to, uint256 amount) returns (bool)',
  'function mint(uint256 amount)',
  'function mint(address to, uint256 amount)',
  'function balanceOf(address) view returns (uint256)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
])
const frame = { now: 1_700_000_000, signer: address, paymaster: { mode: 'None' } } as const

function understood(preferences: SessionPreferences) {
  const wire: unknown = JSON.parse(JSON.stringify(serializePreferences(preferences)))
  return parsePreferences(wire, frame).spec
}

test('behavior: dates are Unix seconds, bigints hex, of an ABI only the function travels', () => {
  expect(
    serializePreferences({
      expiresAt: new Date('2026-01-02T03:04:05.678Z'),
      feeLimit: { limit: 10n, period: '1 day' },
      transfers: undefined,
      contractCalls: [
        {
          address,
          abi,
          functionName: 'transfer',
          constraints: [{ index: 1, value: 5n, condition: 'LessEqual' }],
        },
      ],
    }),
  ).toEqual({
    expiresAt: 1767323045,
    feeLimit: { limit: '0xa', period: '1 day' },
    contractCalls: [
      {
        address,
        abi: [abi[0]],
        functionName: 'transfer',
        constraints: [{ index: 1, value: '0x5', condition: 'LessEqual' }],
      },
    ],
  })
})

test('behavior: the wallet understands the current form', () => {
  const spec = understood({
    expiresAt: '1 day',
    feeLimit: 10n ** 16n,
    transfers: [{ to: address, maxValuePerUse: 2n, valueLimit: 10n, useLimit: 5n }],
    contractCalls: [
      callPolicy({
        address,
        abi,
        functionName: 'transfer',
        useLimit: { limit: 20n, period: '1 hour' },
        constraints: [
          { index: 0, value: address },
          { index: 1, condition: 'LessEqual', value: 2n, limit: { limit: 10n, period: '1 day' } },
        ],
      }),
      callPolicy({ address, abi, functionName: 'mint(uint256)' }),
    ],
  })
  expect(spec.expiresAt).toBe(frame.now + 86_400)
  expect(spec.transferPolicies[0]).toMatchObject({ useLimit: { limitType: 'Lifetime', limit: 5n } })
  expect(spec.callPolicies.map(({ selector }) => selector)).toEqual(['0xa0712d68', '0xa9059cbb'])
  expect(spec.callPolicies[1]).toMatchObject({
    useLimit: { limitType: 'Allowance', limit: 20n, period: 3600 },
    constraints: [
      { index: 0, condition: 'Equal' },
      { index: 1, condition: 'LessOrEqual', limit: { limitType: 'Allowance', limit: 10n, period: 86_400 } },
    ],
  })
})

test('behavior: the wallet understands the older form', () => {
  const spec = understood({
    expiresAt: BigInt(frame.now + 3600),
    transferPolicies: [{ target: address, valueLimit: 1n }],
    callPolicies: [
      {
        target: address,
        function: 'transfer(address,uint256)',
        constraints: [{ index: 1n, condition: 5, refValue: `0x${'00'.repeat(31)}02` }],
      },
    ],
  })
  expect(spec.callPolicies[0]).toMatchObject({
    selector: '0xa9059cbb',
    constraints: [{ index: 1, condition: 'LessOrEqual' }],
  })
})

test('behavior: negative integers are decimal digits', () => {
  expect(serializeValue({ a: [-5n, 5n] })).toEqual({ a: ['-5', '0x5'] })
})

test.each([
  ['an invalid date', new Date('x')],
  ['NaN', NaN],
  ['a function', () => 1],
])('error: %s', (_name, value) => {
  expect(() => serializeValue({ value })).toThrow(TypeError)
})

test('error: a function that the ABI lacks', () => {
  expect(() => callPolicy({ address, abi, functionName: 'burn' as 'mint' })).toThrow(
    'no function named "burn"',
  )
})
