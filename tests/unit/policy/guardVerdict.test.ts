import { encodeFunctionData, erc20Abi, maxUint256, type Address } from 'viem'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Call } from '@/lib/policy/call'
import { noGuards, type Guards } from '@/lib/policy/guards'
import { guardVerdict, type GuardedOperation, type GuardRequest } from '@/lib/policy/guardVerdict'

const token: Address = '0x00000000000000000000000000000000000000AA'
const asset = token.toLowerCase() as Address
const shop: Address = '0x00000000000000000000000000000000000051a0'
const chainId = 31_337
const day = 86_400
const timestamp = 100 * day + 5_000
const now = 1_700_000_000_000

const transfer = (amount: bigint, to: Address = token): Call => ({
  to,
  value: 0n,
  data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [shop, amount] }),
})
const approve = (amount: bigint): Call => ({
  to: token,
  value: 0n,
  data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [shop, amount] }),
})
const pay = (value: bigint): Call => ({ to: shop, value, data: '0x' })
const signed = (calls: readonly Call[], change: Partial<GuardedOperation> = {}): GuardedOperation => ({
  chainId,
  calls,
  signedAt: timestamp,
  createdAt: now,
  isVoid: false,
  ...change,
})
const judge = (guards: Partial<Guards>, change: Partial<GuardRequest> = {}) =>
  guardVerdict({
    guards: { ...noGuards, ...guards },
    chainId,
    calls: [],
    timestamp,
    now,
    operations: [],
    ...change,
  })
const tokens = (limit: bigint) => ({ daily: [{ chainId, asset, limit }] })
const native = (limit: bigint) => ({ daily: [{ chainId, asset: 'native' as const, limit }] })

test('behavior: guards that are off stop nothing', () => {
  const operations = Array.from({ length: 50 }, () => signed([pay(10n ** 20n)]))
  expect(judge({}, { calls: [transfer(maxUint256)], operations })).toBeNull()
})

test('behavior: the cap of the minute counts the last 60 seconds, void ones and the future too', () => {
  const at = (ago: number, change = {}) => signed([], { createdAt: now - ago, ...change })
  expect(judge({ perMinute: 2 }, { operations: [at(60_000), at(59_999)] })).toBeNull()
  expect(judge({ perMinute: 2 }, { operations: [at(59_000), at(1, { isVoid: true })] })).toEqual({
    rule: 'GuardPerMinute',
    cap: 2,
    signed: 2,
    waitSeconds: 1,
  })
  expect(judge({ perMinute: 1 }, { operations: [at(-3_600_000)] })).toMatchObject({ signed: 1 })
  expect(judge({ perMinute: 0 })).toMatchObject({ rule: 'GuardPerMinute', cap: 0, waitSeconds: 0 })
})

test('behavior: a ceiling holds at the boundary, with the numbers of the whole operation', () => {
  const operations = [signed([transfer(6n)]), signed([approve(1n), transfer(1n)])]
  expect(judge(tokens(10n), { calls: [transfer(2n)], operations })).toBeNull()
  expect(judge(tokens(10n), { calls: [transfer(1n), transfer(2n)], operations })).toEqual({
    rule: 'GuardDailyCeiling',
    call: 1,
    asset,
    limit: 10n,
    used: 8n,
    amount: 3n,
    resetsAt: 101 * day,
  })
  expect(judge(tokens(10n), { calls: [approve(maxUint256)] })).toMatchObject({ rule: 'GuardDailyCeiling' })
  expect(judge(native(10n), { calls: [pay(11n)] })).toMatchObject({ asset: 'native', amount: 11n })
})

test('behavior: a ceiling counts its own asset, chain and day; a void operation moved nothing', () => {
  const others = [
    signed([transfer(9n, shop)]),
    signed([pay(9n)]),
    signed([transfer(9n)], { chainId: 1 }),
    signed([transfer(9n)], { signedAt: 100 * day - 1 }),
    signed([transfer(9n)], { isVoid: true }),
  ]
  expect(judge(tokens(10n), { calls: [transfer(10n)], operations: others })).toBeNull()
  expect(judge(tokens(10n), { chainId: 1, calls: [transfer(99n)] })).toBeNull()
  const later = [signed([transfer(9n)], { signedAt: 101 * day })]
  expect(judge(tokens(10n), { calls: [transfer(2n)], operations: later })).toMatchObject({ used: 9n })
})

test('behavior: a call to a guarded token whose amount cannot be read is stopped', () => {
  for (const data of ['0xac9650d8', '0xa9059cbb', '0xa9', `0xa9059cbb${'00'.repeat(63)}`] as const)
    expect(judge(tokens(10n), { calls: [{ to: token, value: 0n, data }] })).toEqual({
      rule: 'GuardUnreadable',
      call: 0,
      target: token,
    })
  expect(judge(tokens(10n), { calls: [{ to: shop, value: 0n, data: '0xac9650d8' }] })).toBeNull()
})

test('behavior: whatever is asked in whatever order, what passes never sums up past the ceiling', () => {
  const amount = fc.bigInt({ min: 0n, max: 30n })
  const call = fc.oneof(amount.map(transfer), amount.map(approve), amount.map(pay))
  const requests = fc.array(fc.array(call, { minLength: 1, maxLength: 4 }), { maxLength: 20 })
  fc.assert(
    fc.property(requests, fc.bigInt({ min: 0n, max: 100n }), (all, limit) => {
      const operations: GuardedOperation[] = []
      const guards = { daily: [...tokens(limit).daily, ...native(limit).daily] }
      for (const calls of all)
        if (judge(guards, { calls, operations }) === null) operations.push(signed(calls))
      const passed = operations.flatMap(({ calls }) => calls)
      const ofToken = passed.map(({ data }) => (data === '0x' ? 0n : BigInt(`0x${data.slice(74)}`)))
      expect(ofToken.reduce((sum, one) => sum + one, 0n) <= limit).toBe(true)
      expect(passed.reduce((sum, { value }) => sum + value, 0n) <= limit).toBe(true)
    }),
  )
})
