import { expect, test } from 'vitest'
import { LimitForm } from '@/entrypoints/popup/limits/limitForm.svelte'
import { localMinute } from '@/entrypoints/popup/limits/localMinute'
import type { DescribeContext } from '@/lib/describe/context'
import type { SessionSpec } from '@/lib/policy/spec'
import { allowance, day, demo, lifetime, midnight, orchardSpec, shop, word } from '../policy/fixtures'

const context: DescribeContext = {
  currency: { symbol: 'ETH', decimals: 18 },
  tokens: [{ address: demo, symbol: 'DEMO', decimals: 18 }],
  functions: {},
  names: {},
  now: midnight,
}
const open = (current: SessionSpec = orchardSpec, bounded = true, asked = orchardSpec) =>
  new LimitForm({ asked, current, context, bounded })
const row = (form: LimitForm, entry: number, label: string) => {
  const found = form.entries[entry]?.rows.find((one) => one.label === label)
  if (!found) throw new Error(`no ${label}`)
  return found
}

test('behavior: untouched, it is what was asked', () => {
  const form = open()
  expect(form.valid).toBe(true)
  expect(form.spec).toEqual(orchardSpec)
})

test('behavior: amounts, periods, uses, fees, the end, and single policies can be narrowed', () => {
  const form = open()
  form.ends = localMinute(midnight + 3600)
  row(form, 0, 'In total').text = '0.004'
  row(form, 0, 'How often').text = '1'
  row(form, 0, 'How often').often = String(day)
  row(form, 1, 'At a time').text = '1.5'
  row(form, 1, 'In total').often = 'Lifetime'
  form.fees.text = '0.0005'
  const off = form.entries[2]
  if (off) off.on = false
  expect(form.valid).toBe(true)
  expect(form.spec).toMatchObject({
    expiresAt: midnight + 3600,
    feeLimit: lifetime(5n * 10n ** 14n),
    transferPolicies: [{ valueLimit: lifetime(4n * 10n ** 15n), useLimit: allowance(1n, day) }],
    callPolicies: [{ constraints: [{}, { refValue: word(15n * 10n ** 17n), limit: lifetime(10n ** 19n) }] }],
  })
  expect(form.spec.callPolicies).toHaveLength(1)
  // Opened again, it shows what was left.
  const again = open(form.spec)
  expect(again.entries.map(({ on }) => on)).toEqual([true, true, false])
  expect(again.spec).toEqual(form.spec)
})

test('error: more than was asked is said beside its field, and is not taken over', () => {
  const form = open()
  const total = row(form, 1, 'In total')
  total.text = '10.5'
  expect(total.error(form.span)).toBe('More than what was asked: 10 DEMO a day.')
  expect(form.valid).toBe(false)
  expect(form.spec).toEqual(orchardSpec)
  total.text = '10'
  total.often = '3600'
  expect(form.valid).toBe(false)
  total.text = '0.1'
  expect(form.valid).toBe(true)
  form.ends = localMinute(orchardSpec.expiresAt + 60)
  expect(form.endError).toContain('Later than what was asked')
  form.ends = localMinute(midnight - 3600)
  expect(form.endError).toBe('A time that is still to come.')
  form.ends = ''
  expect(form.endError).toBe('A day and a time.')
})

test.each([
  ['', 'A number, like 10 or 0.5.'],
  ['-1', 'A number, like 10 or 0.5.'],
  ['1e3', 'A number, like 10 or 0.5.'],
  ['0.0000000000000000001', 'At most 18 digits after the point.'],
])('error: %j is no amount', (text, error) => {
  const form = open()
  const total = row(form, 1, 'In total')
  total.text = text
  expect(total.error(form.span)).toBe(error)
})

test('error: no use at all is a policy that is off; nothing on is no session', () => {
  const form = open()
  const uses = row(form, 0, 'How often')
  uses.text = '0'
  expect(uses.error(form.span)).toContain('switch it off')
  uses.text = '1.5'
  expect(uses.error(form.span)).toContain('whole number')
  // What is off need not be in order.
  const [first, ...rest] = form.entries
  if (first) first.on = false
  expect(form.valid).toBe(true)
  for (const entry of rest) entry.on = false
  expect(form.valid).toBe(false)
})

test('behavior: a recipient can be named where the site named none', () => {
  const [transfer] = orchardSpec.callPolicies
  if (!transfer) throw new Error('the fixture has one')
  const loose = { ...orchardSpec, transferPolicies: [], callPolicies: [{ ...transfer, constraints: [] }] }
  const form = open(loose, true, loose)
  expect(form.spec).toEqual(loose)
  row(form, 0, 'Only to').text = 'the shop'
  expect(form.valid).toBe(false)
  row(form, 0, 'Only to').text = shop
  row(form, 0, 'In total').often = String(day)
  row(form, 0, 'In total').text = '3'
  expect(form.spec.callPolicies).toMatchObject([
    {
      constraints: [
        { index: 1, condition: 'Unconstrained', limit: allowance(3n * 10n ** 18n, day) },
        { index: 0, condition: 'Equal', refValue: word(shop) },
      ],
    },
  ])
  const again = open(form.spec, true, loose)
  expect(again.spec).toEqual(form.spec)
  expect(row(again, 0, 'Only to').text).toBe(shop)
})

test('behavior: unbounded, as a session of the owner’s own, it may be more', () => {
  const form = open(orchardSpec, false)
  row(form, 1, 'In total').text = '500'
  form.ends = localMinute(orchardSpec.expiresAt + 60)
  expect(form.valid).toBe(true)
  expect(form.spec.expiresAt).toBeGreaterThan(orchardSpec.expiresAt)
})
