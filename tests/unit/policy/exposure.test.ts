import { toFunctionSelector } from 'viem'
import { describe, expect, test } from 'vitest'
import { exposure } from '@/lib/policy/exposure'
import { knownFunctions } from '@/lib/policy/knownFunctions'
import { unlimited, unlimitedValue, type CallPolicy, type SessionSpec } from '@/lib/policy/spec'
import { periodsTouchedByDay } from '@/lib/policy/worstCase'
import {
  allowance,
  day,
  demo,
  lifetime,
  midnight,
  orchard,
  orchardSpec,
  shop,
  thief,
  transferPolicy,
  word,
} from './fixtures'

const ether = 10n ** 18n

function withCalls(...callPolicies: CallPolicy[]): SessionSpec {
  return { ...orchardSpec, transferPolicies: [], callPolicies }
}

function call(selector: `0x${string}`, more: Partial<CallPolicy> = {}): CallPolicy {
  return {
    target: demo,
    selector,
    maxValuePerUse: 0n,
    valueLimit: lifetime(0n),
    useLimit: unlimited,
    constraints: [],
    ...more,
  }
}

describe('exposure', () => {
  test('behavior: the orchard session touches two UTC days: 20 DEMO and 0.011 ETH', () => {
    const worst = exposure(orchardSpec, midnight + 18 * 3600)
    expect(worst.native).toEqual({ untilExpiry: 11n * 10n ** 15n, perDay: 11n * 10n ** 15n })
    expect(worst.tokens).toEqual([{ token: demo, untilExpiry: 20n * ether, perDay: 10n * ether }])
    expect(worst.periods).toEqual([
      { period: 3600, touched: 25 },
      { period: day, touched: 2 },
    ])
    expect(worst.warnings).toEqual([])
  })

  test('behavior: one second before midnight touches one day less than the same length over midnight', () => {
    const spec = { ...orchardSpec, expiresAt: midnight + day - 1 }
    expect(exposure(spec, midnight).tokens[0]?.untilExpiry).toBe(10n * ether)
    expect(exposure({ ...spec, expiresAt: midnight + day }, midnight).tokens[0]?.untilExpiry).toBe(
      20n * ether,
    )
  })

  test('behavior: uses times the amount per use bound where they are less', () => {
    const [recipient, amount] = transferPolicy.constraints
    if (!recipient || !amount) throw new Error('The fixture has two constraints.')
    const spec = withCalls({ ...transferPolicy, useLimit: lifetime(3n) })
    expect(exposure(spec, midnight).tokens[0]?.untilExpiry).toBe(6n * ether)
    const noTotal = { ...transferPolicy, constraints: [recipient, { ...amount, limit: unlimited }] }
    expect(exposure(withCalls({ ...noTotal, useLimit: lifetime(3n) }), midnight).tokens[0]?.untilExpiry).toBe(
      6n * ether,
    )
    expect(exposure(withCalls(noTotal), midnight)).toMatchObject({
      tokens: [{ untilExpiry: null, perDay: null }],
      warnings: [{ kind: 'UnlimitedToken', severity: 'danger', token: demo }],
    })
  })

  test('behavior: an approval counts like a payment, and is told to outlive the session', () => {
    const approve = call('0x095ea7b3', {
      constraints: [
        { condition: 'Equal', index: 0, refValue: word(shop), limit: unlimited },
        { condition: 'Unconstrained', index: 1, refValue: word(0n), limit: lifetime(5n) },
      ],
    })
    expect(exposure(withCalls(approve), midnight)).toMatchObject({
      tokens: [{ untilExpiry: 5n }],
      warnings: [{ kind: 'ApprovalOutlives', severity: 'caution', spender: shop, amount: 5n }],
    })
    expect(exposure(withCalls(call('0x095ea7b3')), midnight).warnings).toEqual([
      { kind: 'ApprovalOutlives', severity: 'danger', token: demo, spender: null, amount: null },
    ])
    const removal = call('0x095ea7b3', {
      constraints: [{ condition: 'Equal', index: 1, refValue: word(0n), limit: unlimited }],
    })
    expect(exposure(withCalls(removal), midnight)).toMatchObject({ tokens: [], warnings: [] })
  })

  test('behavior: transfer and approval of one token add up', () => {
    const [, amount] = transferPolicy.constraints
    if (!amount) throw new Error('The fixture has two constraints.')
    const approve = call('0x095ea7b3', { constraints: [{ ...amount, limit: lifetime(ether) }] })
    expect(exposure(withCalls(approve, transferPolicy), midnight).tokens).toMatchObject([
      { untilExpiry: 21n * ether },
    ])
  })

  test('behavior: unlimited value has no upper figure, also by an enormous maximum', () => {
    const policy = {
      target: thief,
      maxValuePerUse: unlimitedValue,
      valueLimit: unlimited,
      useLimit: lifetime(2n),
    }
    const spec = { ...orchardSpec, transferPolicies: [policy], callPolicies: [] }
    expect(exposure(spec, midnight)).toMatchObject({
      native: { untilExpiry: null },
      warnings: [{ kind: 'UnlimitedValue', target: thief }],
    })
    const limited = { ...spec, transferPolicies: [{ ...policy, maxValuePerUse: 7n }] }
    expect(exposure(limited, midnight).native.untilExpiry).toBe(14n + 10n ** 15n)
  })

  test('behavior: calls that carry anything, collectibles, any paymaster, any recipient', () => {
    const spec: SessionSpec = {
      ...withCalls(
        call('0xac9650d8', { target: orchard }),
        call('0xa22cb465'),
        call('0x42842e0e'),
        call('0xa9059cbb', {
          constraints: [{ condition: 'Less', index: 1, refValue: word(10n), limit: lifetime(20n) }],
        }),
      ),
      paymaster: { mode: 'Any' },
    }
    expect(exposure(spec, midnight).warnings.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['OpenContents', 'danger'],
      ['ApprovalOutlives', 'danger'],
      ['Collectibles', 'danger'],
      ['AnyRecipient', 'caution'],
      ['AnyPaymaster', 'caution'],
    ])
  })

  test('behavior: a fee allowance counts every period', () => {
    const spec = { ...orchardSpec, feeLimit: allowance(3n, 3600), expiresAt: midnight + 7199 }
    expect(exposure(spec, midnight).fees).toEqual({ untilExpiry: 6n, perDay: 6n })
  })

  test('behavior: periods that one UTC day touches at most', () => {
    expect([60, 3600, day, 7 * day].map(periodsTouchedByDay)).toEqual([1440, 24, 1, 1])
    expect(periodsTouchedByDay(50000)).toBe(3)
    expect(periodsTouchedByDay(7 * 3600)).toBe(5)
    expect(periodsTouchedByDay(36 * 3600)).toBe(2)
    expect(periodsTouchedByDay(day + 1)).toBe(2)
  })

  test('misc: the selectors of known functions', () => {
    const signatures = [
      'transfer(address,uint256)',
      'transferFrom(address,address,uint256)',
      'transferAndCall(address,uint256)',
      'transferAndCall(address,uint256,bytes)',
      'burn(uint256)',
      'approve(address,uint256)',
      'increaseAllowance(address,uint256)',
      'approveAndCall(address,uint256)',
      'approveAndCall(address,uint256,bytes)',
      'setApprovalForAll(address,bool)',
      'safeTransferFrom(address,address,uint256)',
      'safeTransferFrom(address,address,uint256,bytes)',
      'safeTransferFrom(address,address,uint256,uint256,bytes)',
      'safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)',
      'multicall(bytes[])',
      'multicall(uint256,bytes[])',
      'multicall(bytes32,bytes[])',
      'execute(bytes,bytes[],uint256)',
      'execute(bytes,bytes[])',
      'execute(bytes32,bytes)',
      'execute(address,uint256,bytes)',
      'executeBatch((address,uint256,bytes)[])',
      'executeBatch(address[],uint256[],bytes[])',
      'executeBatch(address[],bytes[])',
      'aggregate((address,bytes)[])',
      'tryAggregate(bool,(address,bytes)[])',
      'aggregate3((address,bool,bytes)[])',
      'aggregate3Value((address,bool,uint256,bytes)[])',
      'execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)',
      'batch(bytes[])',
    ]
    expect(signatures.map((text) => [toFunctionSelector(text), text.split('(')[0]])).toEqual(
      Object.entries(knownFunctions).map(([selector, { name }]) => [selector, name]),
    )
  })
})
