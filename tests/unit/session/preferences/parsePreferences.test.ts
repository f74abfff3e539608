import { parseAbi, type Address } from 'viem'
import { describe, expect, test } from 'vitest'
import { encodeSpec } from '@/lib/account/codecs/latchkey/encodeSpec'
import { unlimited, unlimitedValue } from '@/lib/policy/spec'
import { defaultFeeLimit, parsePreferences } from '@/lib/session/preferences/parsePreferences'

const now = 1_735_689_600
const signer: Address = '0x4444444444444444444444444444444444444444'
const shop: Address = '0x1111111111111111111111111111111111111111'
const token: Address = '0x2222222222222222222222222222222222222222'
const abi = JSON.parse(
  JSON.stringify(
    parseAbi([
      'function transfer(address to, uint256 amount)',
      'function plant(uint256 plot)',
      'function move((uint128 x, uint128 y) from, uint8[2] path, bool fast)',
      'function note(string text, uint256 id)',
      'function names(string[2] both)',
      'function shift(int256 by)',
      'function tag(bytes4 kind)',
      'function over(uint256 a)',
      'function over(address a)',
      'event Planted(uint256 plot)',
    ]),
  ),
) as unknown
const word = (value: bigint | Address) => `0x${BigInt(value).toString(16).padStart(64, '0')}`

function parse(input: unknown) {
  return parsePreferences(input, { now, signer, paymaster: { mode: 'None' } })
}

function spec(input: object) {
  return parse({ transfers: [{ to: shop }], ...input }).spec
}

function call(more: object) {
  const { callPolicies } = parse({ contractCalls: [{ address: token, abi, ...more }] }).spec
  return callPolicies[0]
}

/** The refusal of an input: code and message. */
function refusal(input: unknown): string {
  try {
    parse(input)
  } catch (error) {
    expect(error).toMatchObject({ code: -32602 })
    return error instanceof Error ? error.message : ''
  }
  return 'accepted'
}

describe('both generations', () => {
  const expected = {
    signer,
    expiresAt: now + 8 * 3600,
    feeLimit: { limitType: 'Lifetime', limit: 10n ** 15n, period: 0 },
    paymaster: { mode: 'None' },
    transferPolicies: [
      {
        target: shop,
        maxValuePerUse: 2n,
        valueLimit: { limitType: 'Lifetime', limit: 10n, period: 0 },
        useLimit: unlimited,
      },
    ],
    callPolicies: [
      {
        target: token,
        selector: '0xa9059cbb',
        maxValuePerUse: 0n,
        valueLimit: { limitType: 'Lifetime', limit: 0n, period: 0 },
        useLimit: unlimited,
        constraints: [
          { condition: 'Equal', index: 0, refValue: word(shop), limit: unlimited },
          {
            condition: 'LessOrEqual',
            index: 1,
            refValue: word(2n),
            limit: { limitType: 'Allowance', limit: 10n, period: 86_400 },
          },
        ],
      },
    ],
  }

  test('behavior: the current one', () => {
    const { spec: parsed, functions } = parse({
      expiry: '8 hours',
      feeLimit: '0x38d7ea4c68000',
      transfers: [{ to: shop, maxValuePerUse: '0x2', valueLimit: '10' }],
      contractCalls: [
        {
          address: token,
          abi,
          functionName: 'transfer',
          constraints: [
            { index: 0, value: shop },
            { index: 1, condition: 'LessEqual', value: '2', limit: { limit: '0xa', period: '1 day' } },
          ],
        },
      ],
    })
    expect(parsed).toEqual(expected)
    expect(functions).toEqual({ [`${token}:0xa9059cbb`]: 'transfer(address to, uint256 amount)' })
    expect(encodeSpec(parsed)).toMatch(/^0x44/)
  })

  test('behavior: the older one', () => {
    const policy = {
      target: token,
      constraints: [
        { index: 0, condition: 'Equal', refValue: word(shop) },
        {
          index: '1',
          condition: 5,
          refValue: word(2n),
          limit: { limitType: 2, limit: '10', period: '86400' },
        },
      ],
    }
    const rest = {
      expiresAt: String(now + 8 * 3600),
      feeLimit: { limit: '1000000000000000' },
      transferPolicies: [
        { target: shop, maxValuePerUse: '2', valueLimit: { limitType: 'LIFETIME', limit: '10' } },
      ],
    }
    const named = parse({ ...rest, callPolicies: [{ ...policy, function: 'transfer(address,uint256)' }] })
    expect(named.spec).toEqual(expected)
    expect(named.functions).toEqual({ [`${token}:0xa9059cbb`]: 'transfer(address, uint256)' })
    const bare = parse({ ...rest, callPolicies: [{ ...policy, selector: '0xA9059CBB' }] })
    expect(bare).toEqual({ spec: expected, functions: {} })
    const item = (abi as unknown[])[0]
    expect(parse({ ...rest, callPolicies: [{ ...policy, function: item }] }).spec).toEqual(expected)
  })

  test('behavior: the order of the policies does not matter', () => {
    const transfers = [{ to: shop }, { to: token }]
    expect(spec({ transfers })).toEqual(spec({ transfers: transfers.toReversed() }))
  })
})

describe('expiry', () => {
  test('behavior: durations, dates, seconds, and a day by default', () => {
    expect(spec({}).expiresAt).toBe(now + 86_400)
    expect(spec({ expiry: '90 minutes' }).expiresAt).toBe(now + 5400)
    expect(spec({ expiresAt: new Date((now + 100) * 1000).toISOString() }).expiresAt).toBe(now + 100)
    expect(spec({ expiresAt: `0x${(now + 60).toString(16)}` }).expiresAt).toBe(now + 60)
    expect(spec({ expiresAt: now + 365 * 86_400 }).expiresAt).toBe(now + 365 * 86_400)
  })

  test.each([
    ['0', 'has passed'],
    [String(now), 'has passed'],
    [now - 1, 'has passed'],
    ['-1 day', 'greater than zero'],
    ['0 s', 'greater than zero'],
    ['30 s', 'at least one minute'],
    ['366 days', 'at most 365 days'],
    [now + 365 * 86_400 + 1, 'at most 365 days'],
    ['soon', 'not understood'],
    ['', 'not understood'],
    ['2025-13-45T99:99Z', 'not a date'],
    [null, 'not understood'],
    [1.5, 'not understood'],
    [{}, 'not understood'],
  ])('error: %s', (expiry, message) => {
    expect(refusal({ expiry, transfers: [{ to: shop }] })).toMatch(new RegExp(`^expiry: .*${message}`))
  })

  test('error: both names', () => {
    expect(refusal({ expiry: '1 h', expiresAt: '1 h', transfers: [{ to: shop }] })).toMatch('Leave one out')
  })
})

describe('limits', () => {
  const limitOf = (valueLimit: unknown) => spec({ transfers: [{ to: shop, valueLimit }] }).transferPolicies[0]

  test('behavior: every form', () => {
    expect(limitOf('5')?.valueLimit).toEqual({ limitType: 'Lifetime', limit: 5n, period: 0 })
    expect(limitOf({ limit: '0x5' })?.valueLimit.limitType).toBe('Lifetime')
    expect(limitOf({ limitType: 'lifetime', limit: 5, period: '0x0' })?.valueLimit.limit).toBe(5n)
    expect(limitOf({ limit: 5, period: 60 })?.valueLimit).toEqual({
      limitType: 'Allowance',
      limit: 5n,
      period: 60,
    })
    expect(limitOf({ limitType: 'ALLOWANCE', limit: 5, period: '1h' })?.valueLimit.period).toBe(3600)
    expect(limitOf({ limitType: 'Unlimited', limit: '0' })).toMatchObject({
      valueLimit: unlimited,
      maxValuePerUse: unlimitedValue,
    })
  })

  test('behavior: the maximum of one use defaults to the limit, a missing limit lets nothing pass', () => {
    expect(limitOf('5')?.maxValuePerUse).toBe(5n)
    expect(limitOf(undefined)).toMatchObject({
      maxValuePerUse: 0n,
      valueLimit: { limitType: 'Lifetime', limit: 0n },
    })
  })

  test('behavior: use limits, over the life or a period', () => {
    const { transferPolicies } = spec({
      transfers: [
        { to: shop, useLimit: 5 },
        { to: token, useLimit: { limit: 2, period: '1 day' } },
      ],
    })
    expect(transferPolicies.map(({ useLimit }) => useLimit)).toEqual([
      { limitType: 'Lifetime', limit: 5n, period: 0 },
      { limitType: 'Allowance', limit: 2n, period: 86_400 },
    ])
  })

  test('behavior: the default fee limit', () => {
    expect(spec({}).feeLimit).toEqual(defaultFeeLimit)
  })

  test.each<[object, string]>([
    [{ valueLimit: '-5' }, 'transfers[0].valueLimit: must be a number'],
    [{ valueLimit: 'ten' }, 'transfers[0].valueLimit: must be a number'],
    [{ valueLimit: { limit: -5 } }, 'transfers[0].valueLimit.limit: must be a whole number'],
    [{ valueLimit: { limit: 1.5 } }, 'transfers[0].valueLimit.limit: must be a whole number'],
    [{ valueLimit: {} }, 'transfers[0].valueLimit.limit: must be a whole number'],
    [{ valueLimit: { limitType: 'daily', limit: 1 } }, 'transfers[0].valueLimit.limitType: must be'],
    [
      { valueLimit: { limitType: 'lifetime', limit: 1, period: 60 } },
      'transfers[0].valueLimit.period: does not go',
    ],
    [{ valueLimit: { limitType: 'unlimited', limit: 1 } }, 'transfers[0].valueLimit.limit: does not go'],
    [
      { valueLimit: { limitType: 'allowance', limit: 1 } },
      'transfers[0].valueLimit.period: is not understood',
    ],
    [
      { valueLimit: { limit: 1, period: '0.5 s' } },
      'transfers[0].valueLimit.period: must be at least one second',
    ],
    [{ valueLimit: { limit: 1, perod: 60 } }, 'transfers[0].valueLimit.perod: is not known here'],
    [{ valueLimit: `0x1${'00'.repeat(12)}` }, 'transfers[0].valueLimit: must be less than 2^96'],
    [{ useLimit: 0 }, 'transfers[0].useLimit: must allow at least one use'],
    [{ useLimit: 65536 }, 'transfers[0].useLimit: must be less than 2^16'],
    [{ maxValuePerUse: {} }, 'transfers[0].maxValuePerUse: must be a whole number'],
    [{ to: '0x1234' }, 'transfers[0].to: must be an address'],
    [{ to: '0x52908400098527886E0F7030069857D2E4169Ee7' }, 'transfers[0].to: must be an address'],
    [{ target: shop }, 'transfers[0].target: is not known here'],
  ])('error: %o', (more, message) => {
    expect(refusal({ transfers: [{ to: shop, ...more }] })).toContain(message)
  })

  test('error: fees without a limit, or wider than the field', () => {
    const transfers = [{ to: shop }]
    expect(refusal({ transfers, feeLimit: { limitType: 'unlimited' } })).toMatch(
      /^feeLimit: cannot be unlimited/,
    )
    expect(refusal({ transfers, feeLimit: `0x1${'00'.repeat(10)}` })).toMatch(
      /^feeLimit: must be less than 2\^80/,
    )
  })
})

describe('constraints', () => {
  test('behavior: static tuples and arrays take a constraint a word, and move what follows', () => {
    const policy = call({
      functionName: 'move',
      constraints: [
        { index: 0, value: { x: '3', y: 4 } },
        { index: 1, condition: 'LessEqual', value: [7, '0x8'] },
        { index: 2, value: true },
      ],
    })
    expect(policy?.constraints.map(({ index, condition, refValue }) => [index, condition, refValue])).toEqual(
      [
        [0, 'Equal', word(3n)],
        [1, 'Equal', word(4n)],
        [2, 'LessOrEqual', word(7n)],
        [3, 'LessOrEqual', word(8n)],
        [4, 'Equal', word(1n)],
      ],
    )
  })

  test('behavior: a limit alone compares nothing', () => {
    expect(call({ functionName: 'plant', constraints: [{ index: 0, limit: '9' }] })?.constraints).toEqual([
      {
        condition: 'Unconstrained',
        index: 0,
        refValue: word(0n),
        limit: { limitType: 'Lifetime', limit: 9n, period: 0 },
      },
    ])
  })

  test('behavior: a signed number may be equal or below, and bytes stand to the left', () => {
    const below = call({ functionName: 'shift', constraints: [{ index: 0, condition: 'Less', value: 5 }] })
    expect(below?.constraints[0]?.refValue).toBe(word(5n))
    const minus = call({ functionName: 'shift', constraints: [{ index: 0, value: '-1' }] })
    expect(minus?.constraints[0]?.refValue).toBe(`0x${'ff'.repeat(32)}`)
    const tag = call({ functionName: 'tag', constraints: [{ index: 0, value: '0x01020304' }] })
    expect(tag?.constraints[0]?.refValue).toBe(`0x01020304${'00'.repeat(28)}`)
  })

  test('behavior: overloads are told apart by signature', () => {
    expect(call({ functionName: 'over(address)' })?.selector).not.toBe(
      call({ functionName: 'over(uint256)' })?.selector,
    )
  })

  test.each<[object, string]>([
    [
      { functionName: 'note', constraints: [{ index: 0, value: 'x' }] },
      'constraints[0].index: is a parameter of the dynamic type string',
    ],
    [
      { functionName: 'note', constraints: [{ index: 1, value: 1 }] },
      'constraints[0].index: stands behind a dynamic',
    ],
    [
      { functionName: 'names', constraints: [{ index: 0 }] },
      'constraints[0].index: is a parameter of the dynamic type string[2]',
    ],
    [
      { functionName: 'plant', constraints: [{ index: 1 }] },
      'constraints[0].index: is past the 1 parameters',
    ],
    [
      { functionName: 'plant', constraints: [{ index: 0, condition: 'Below', value: 1 }] },
      'constraints[0].condition: must be one of',
    ],
    [
      { functionName: 'plant', constraints: [{ index: 0, condition: 'Less' }] },
      'constraints[0]: needs a value',
    ],
    [
      { functionName: 'plant', constraints: [{ index: 0, condition: 'Unconstrained', value: 3 }] },
      'constraints[0]: has a value',
    ],
    [
      { functionName: 'plant', constraints: [{ index: 0, value: 'three' }] },
      'constraints[0].value: must be a whole number',
    ],
    [{ functionName: 'plant', constraints: [{ index: 0, value: -3 }] }, 'constraints[0].value: does not fit'],
    [
      { functionName: 'transfer', constraints: [{ index: 0, value: '0x12' }] },
      'constraints[0].value: does not fit the type address',
    ],
    [
      { functionName: 'move', constraints: [{ index: 0, value: { x: 1 } }] },
      'constraints[0].value: lacks the member y',
    ],
    [
      { functionName: 'shift', constraints: [{ index: 0, condition: 'Greater', value: 3 }] },
      'constraints[0].condition: cannot be Greater for the signed',
    ],
    [
      { functionName: 'shift', constraints: [{ index: 0, condition: 'Less', value: '-3' }] },
      'constraints[0].condition: cannot be Less for the signed',
    ],
    [
      { functionName: 'plant', constraints: [{ index: 0, refValue: word(1n) }] },
      'constraints[0].refValue: is not known here',
    ],
    [
      { functionName: 'plant', constraints: [{ index: 0, limit: `0x1${'00'.repeat(16)}` }] },
      'constraints[0].limit: must be less than 2^128',
    ],
    [{ functionName: 'plant', constraints: {} }, 'constraints: must be a list'],
    [{ functionName: 'over' }, 'functionName: is overloaded'],
    [{ functionName: 'missing' }, 'functionName: names no function'],
    [{ functionName: 'Planted' }, 'functionName: names no function'],
    [{ functionName: 7 }, 'functionName: must be a string'],
    [{ functionName: 'plant', abi: 'plant' }, 'abi: must be a list'],
    [{ functionName: 'plant', selector: '0x00000000' }, 'selector: is not known here'],
  ])('error: %o', (more, message) => {
    const [path, ...rest] = message.split(': ')
    expect(refusal({ contractCalls: [{ address: token, abi, ...more }] })).toContain(
      `contractCalls[0].${path ?? ''}: ${rest.join(': ')}`,
    )
  })

  test('error: the older generation, on a dynamic word or with another selector', () => {
    const policy = { target: token, function: 'note(string,uint256)' }
    expect(refusal({ callPolicies: [{ ...policy, constraints: [{ index: 0 }] }] })).toContain(
      'not a static word',
    )
    expect(refusal({ callPolicies: [{ ...policy, selector: '0x00000000' }] })).toContain('Leave one out')
    expect(refusal({ callPolicies: [{ target: token }] })).toContain('needs a function or a selector')
    expect(refusal({ callPolicies: [{ target: token, function: 'not a function' }] })).toContain(
      'is not a function',
    )
  })

  test('error: an array that would be enormous', () => {
    const enormous = [
      { type: 'function', name: 'huge', inputs: [{ name: 'a', type: 'uint256[999999999]' }], outputs: [] },
    ]
    const policy = { address: token, abi: enormous, functionName: 'huge', constraints: [{ index: 0 }] }
    expect(refusal({ contractCalls: [policy] })).toContain('past word 255')
  })
})

describe('targets that no session may call', () => {
  test('error: Permit2, and what the account names', () => {
    const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
    expect(refusal({ callPolicies: [{ target: permit2, selector: '0x87517c45' }] })).toContain(
      'no session may call',
    )
    const frame = { now, signer, paymaster: { mode: 'None' }, banned: [shop] } as const
    expect(() => parsePreferences({ transfers: [{ to: shop }] }, frame)).toThrow('no session may call 0x1111')
  })
})

describe('the whole', () => {
  test.each<[unknown, string]>([
    [undefined, 'session: must be an object'],
    [null, 'session: must be an object'],
    [[], 'session: must be an object'],
    ['x', 'session: must be an object'],
    [{}, 'session: allows nothing'],
    [{ transfers: [] }, 'session: allows nothing'],
    [{ transfer: [] }, 'transfer: is not known here'],
    [JSON.parse('{"__proto__": {}}'), '__proto__: is not known here'],
    [{ transfers: {} }, 'transfers: must be a list'],
    [{ transfers: [null] }, 'transfers[0]: must be an object'],
    [{ transfers: [{ to: shop }], transferPolicies: [] }, 'transferPolicies: means the same as transfers'],
    [{ transfers: [{ to: shop }, { to: shop }] }, 'Two transfer policies are for'],
    [
      {
        callPolicies: [
          { target: token, selector: '0x00000000' },
          { target: token, selector: '0x00000000' },
        ],
      },
      'Two call policies are for',
    ],
  ])('error: %o', (input, message) => {
    expect(refusal(input)).toContain(message)
  })
})
