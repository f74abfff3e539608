import { describe, expect, test } from 'vitest'
import { describeSession } from '@/lib/describe/describeSession'
import { unlimited, unlimitedValue, type CallPolicy, type SessionSpec } from '@/lib/policy/spec'
import {
  allowance,
  day,
  demo,
  lifetime,
  midnight,
  orchard,
  orchardSpec,
  plantPolicy,
  shop,
  sponsor,
  thief,
  transferPolicy,
  word,
} from '../policy/fixtures'
import { context } from './fixtures'

/** Ends tomorrow at 18:00 in Berlin. */
const spec: SessionSpec = { ...orchardSpec, expiresAt: midnight + day + 17 * 3600 }

function describeSpec(change: Partial<SessionSpec> = {}, more: Partial<typeof context> = {}) {
  return describeSession({ spec: { ...spec, ...change }, siteName: 'orchard.example', ...context, ...more })
}

function sentence(policy: Partial<CallPolicy>, more: Partial<typeof context> = {}) {
  const call = { ...plantPolicy, useLimit: unlimited, constraints: [], ...policy }
  return describeSpec({ transferPolicies: [], callPolicies: [call] }, more).sentences[0]?.text
}

describe('describeSession', () => {
  test('behavior: the demo session, in the words of the wallet', () => {
    const { heading, sentences, exposure, warnings } = describeSpec()
    expect(heading).toBe(
      'Let orchard.example act for you until tomorrow, 18:00. Anything not listed here still asks you.',
    )
    expect(sentences.map(({ text }) => text)).toEqual([
      'Pay Orchard Shop up to 0.002 ETH at a time, 0.01 ETH in all, up to 5 times.',
      'Pay Orchard Shop up to 2 DEMO at a time, 10 DEMO a day. Days begin at 00:00 UTC.',
      'Plant on plots 0–35, up to 20 times an hour.',
      'Spend up to 0.001 ETH in all on fees.',
    ])
    expect(sentences.map(({ policy }) => policy?.kind)).toEqual(['transfer', 'call', 'call', undefined])
    expect(exposure.text).toBe(
      'At worst you lose 20 DEMO and 0.011 ETH, fees included: the session touches two UTC days.',
    )
    expect(exposure.bounded).toBe(true)
    expect(warnings).toEqual([])
  })

  test('behavior: the end by day', () => {
    const heading = (expiresAt: number) => describeSpec({ expiresAt }).heading
    expect(heading(midnight + 20 * 3600)).toContain('until today, 21:00')
    expect(heading(midnight + 23 * 3600)).toContain('until tomorrow, 00:00')
    expect(heading(midnight + 40 * day)).toContain('until 10 February, 01:00')
    expect(heading(midnight + 364.9 * day)).toContain('until 31 December, 22:36')
    expect(heading(midnight + 370 * day)).toContain('until 6 January 2026, 01:00')
  })

  test('behavior: one UTC day needs no word about days', () => {
    const { exposure } = describeSpec({ expiresAt: midnight + day - 1, callPolicies: [transferPolicy] })
    expect(exposure.text).toBe('At worst you lose 10 DEMO and 0.011 ETH, fees included.')
  })

  test('behavior: unlimited things have no upper figure, and say why', () => {
    const open = describeSpec({ callPolicies: [{ ...plantPolicy, selector: '0xac9650d8' }] })
    expect(open.exposure).toMatchObject({
      bounded: false,
      text: 'No upper figure is possible: `multicall` can carry any instruction. Of what has a figure, at worst you lose 0.011 ETH, fees included: the session touches 25 hours.',
    })
    expect(open.warnings).toMatchObject([
      { severity: 'danger', text: 'No upper figure is possible: `multicall` can carry any instruction.' },
    ])
    const free = { target: thief, maxValuePerUse: unlimitedValue, valueLimit: unlimited, useLimit: unlimited }
    const pays = describeSpec({ transferPolicies: [free], callPolicies: [] })
    expect(pays.sentences[0]?.text).toBe('Pay 0x9999…9999 any amount of ETH.')
    expect(pays.exposure.text).toBe(
      'No upper figure is possible: 0x9999…9999 can be sent all your ETH. Of what has a figure, at worst you lose 0.001 ETH in fees.',
    )
  })

  test('behavior: approvals outlive the session', () => {
    const approve = {
      ...transferPolicy,
      selector: '0x095ea7b3' as const,
      constraints: [
        { condition: 'Equal' as const, index: 0, refValue: word(shop), limit: unlimited },
        { condition: 'Unconstrained' as const, index: 1, refValue: word(0n), limit: lifetime(10n ** 20n) },
      ],
    }
    const { sentences, warnings, exposure } = describeSpec({ transferPolicies: [], callPolicies: [approve] })
    expect(sentences[0]?.text).toBe('Let Orchard Shop take up to 100 DEMO in all.')
    expect(warnings.map(({ text }) => text)).toEqual([
      'This outlives the session. Orchard Shop can take up to 100 DEMO until you remove the approval.',
    ])
    expect(exposure.text).toBe('At worst you lose 100 DEMO and 0.001 ETH, fees included.')
    const any = describeSpec({ callPolicies: [{ ...approve, constraints: [] }] })
    expect(any.sentences[1]?.text).toBe('Let anyone take any amount of DEMO.')
    expect(any.exposure.text).toBe(
      'No upper figure is possible. This outlives the session. Anyone the site names can take all your DEMO until you remove the approval. Of what has a figure, at worst you lose 0.011 ETH, fees included.',
    )
  })

  test('behavior: a token that is not known counts in its smallest units', () => {
    const { sentences } = describeSpec({}, { tokens: [] })
    expect(sentences[1]?.text).toContain('up to 2,000,000,000,000,000,000 units of 0x2222…2222 at a time')
  })

  test('behavior: functions with several constraints, without a name, with value', () => {
    const functions = { [`${orchard}:0xc383e22b`]: 'plant(uint256 plot)' }
    const [plot] = plantPolicy.constraints
    if (!plot) throw new Error('The fixture has a constraint.')
    expect(sentence({ constraints: [{ ...plot, condition: 'Equal', refValue: word(7n) }] })).toBe(
      'Plant on plot 7.',
    )
    expect(sentence({})).toBe('Call `plant` of 0x3333…3333 with anything.')
    expect(sentence({ constraints: [plot] }, { functions: {} })).toBe(
      'Call unknown function 0xc383e22b of 0x3333…3333: word 0 0–35.',
    )
    const lying = { [`${orchard}:0xc383e22b`]: 'harmless(uint256 plot)' }
    expect(sentence({ constraints: [plot] }, { functions: lying })).toContain('unknown function 0xc383e22b')
    expect(sentence({ maxValuePerUse: 10n ** 16n, valueLimit: lifetime(10n ** 17n) }, { functions })).toBe(
      'Call `plant` of 0x3333…3333 with anything, sending up to 0.01 ETH at a time, 0.1 ETH in all.',
    )
    const sum = {
      ...plot,
      condition: 'Unconstrained' as const,
      refValue: word(0n),
      limit: allowance(99n, 5400),
    }
    expect(sentence({ constraints: [sum] })).toBe('Plant on plots any (up to 99 in total every 90 minutes).')
    expect(sentence({ useLimit: lifetime(1n) })).toBe('Call `plant` of 0x3333…3333 with anything, once.')
  })

  test('behavior: two arguments, one of them an address', () => {
    const key = `${orchard}:0x1296ee62`
    const [recipient] = transferPolicy.constraints
    if (!recipient) throw new Error('The fixture has a constraint.')
    expect(
      sentence(
        {
          selector: '0x40c10f19',
          constraints: [recipient, { ...recipient, condition: 'Less', index: 1, refValue: word(9n) }],
        },
        {
          functions: { [`${orchard}:0x40c10f19`]: 'mint(address to, uint256 amount)', [key]: 'x' },
        },
      ),
    ).toBe('Call `mint` of 0x3333…3333: to Orchard Shop, amount 0–8.')
  })

  test('behavior: fees that a sponsor pays, and fees a week', () => {
    const sponsored = describeSpec({
      paymaster: { mode: 'Listed', paymaster: sponsor },
      feeLimit: allowance(10n ** 15n, 7 * day),
    })
    expect(sponsored.sentences.at(-1)?.text).toBe(
      'Spend up to 0.001 ETH a week on fees where the sponsor does not pay. Weeks begin on Thursday at 00:00 UTC.',
    )
    expect(describeSpec({ paymaster: { mode: 'Any' } }).warnings[0]?.text).toContain(
      'Any service may pay the fees',
    )
  })

  test('behavior: tokens of others, to anyone', () => {
    const move = { ...transferPolicy, selector: '0x23b872dd' as const, constraints: [] }
    const { sentences, warnings } = describeSpec({
      transferPolicies: [],
      callPolicies: [{ ...move, target: demo }],
    })
    expect(sentences[0]?.text).toBe('Move any amount of DEMO from anyone to anyone.')
    expect(warnings.map(({ text }) => text)).toEqual([
      'No upper figure is possible: `transferFrom` can move all your DEMO.',
      'DEMO can be sent to anyone, not to one recipient.',
    ])
  })
})
