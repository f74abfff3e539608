import { expect, test } from 'vitest'
import { describeFile } from '@/demo/describe/describeFile'
import { readArguments } from '@/demo/describe/readArguments'
import { sessionOf } from '@/demo/describe/sessionOf'
import { describeSession } from '@/lib/describe/describeSession'
import { toWire } from '@/lib/messaging/wire'
import { toDapp } from '@/lib/rpc/toDapp'
import { demo, midnight, orchardSpec, shop } from '../policy/fixtures'

const words = ['describe', 'x.json', '--token', `${demo}=DEMO:18`, '--now', String(midnight), '--zone', 'UTC']
const { options } = readArguments([...words, '--locale', 'en-GB', '--site', 'shop.example'])
const preferences = {
  expiresAt: '1 day',
  feeLimit: '0x38d7ea4c68000',
  transfers: [{ to: shop, maxValuePerUse: '1000', valueLimit: '0x2386f26fc10000' }],
  callPolicies: [
    {
      target: demo,
      function: 'transfer(address,uint256)',
      constraints: [{ index: 1, limit: { limit: '5' } }],
    },
  ],
}

test('behavior: a file of preferences is told in the words of the wallet, with every address in full', () => {
  const text = describeFile(JSON.stringify(preferences), options)
  const { spec, functions } = sessionOf(preferences, { now: midnight })
  const { heading, sentences, exposure, warnings } = describeSession({
    ...options,
    spec,
    functions,
    names: {},
    now: midnight,
    siteName: 'shop.example',
  })
  for (const part of [heading, exposure.text, ...[...sentences, ...warnings].map((one) => one.text)])
    expect(text).toContain(part)
  expect(text).toContain('Let shop.example act for you until tomorrow, 00:00.')
  expect(text).toContain('Caution: DEMO can be sent to anyone')
  expect(text.split('Addresses:')[1]?.toLowerCase()).toBe(`\n  ${shop}\n  ${demo}\n`)
})

test.each([
  ['the wallet’s details', toWire(orchardSpec)],
  ['wallet_getSessions', toDapp(orchardSpec)],
])('behavior: a spec as %s tells it is read as the session that it is', (_, spec) => {
  expect(sessionOf(JSON.parse(JSON.stringify(spec)) as object as Record<string, unknown>).spec).toEqual(
    orchardSpec,
  )
})

test.each([
  ['{"transfers":[{"to":"nobody"}]}', 'transfers[0].to'],
  ['{"signer":"0x1"}', 'signer must be an address.'],
  [
    JSON.stringify(toWire({ ...orchardSpec, feeLimit: { limitType: 'Often', limit: 1n, period: 0 } })),
    'feeLimit.limitType must be one of Unlimited, Lifetime, Allowance.',
  ],
  [JSON.stringify(toWire({ ...orchardSpec, expiresAt: -1 })), 'expiresAt must be a whole number'],
  ['{"contractCalls":[{"abi":[],"functionName":"x"}]}', 'x'],
])('error: %s is refused, with the member', (json, message) => {
  expect(() => describeFile(json, options)).toThrow(message)
})

test.each([
  [[], 'npx latchkey describe <file.json>'],
  [['explain', 'x.json'], 'npx latchkey describe <file.json>'],
  [['describe', 'x.json', '--token', 'DEMO'], '--token takes an address'],
  [['describe', 'x.json', '--currency', 'ETH'], '--currency takes a symbol'],
  [['describe', 'x.json', '--now', 'soon'], '--now takes Unix seconds.'],
  [['describe', 'x.json', '--colour'], '--colour'],
])('param: %j is answered with the usage', (args, message) => {
  expect(() => readArguments(args)).toThrow(message)
})
