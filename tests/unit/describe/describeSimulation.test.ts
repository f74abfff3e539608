import { describe, expect, test } from 'vitest'
import { describeSimulation } from '@/lib/describe/describeSimulation'
import { demo, orchard, shop, thief } from '../policy/fixtures'
import { context } from './fixtures'

const ether = 10n ** 18n

describe('describeSimulation', () => {
  test('behavior: amounts in the unit of a known token; any other by its address', () => {
    const words = describeSimulation(
      {
        outcome: 'changes',
        hidden: 3,
        balances: [
          { asset: { kind: 'native' }, way: 'out', amount: ether },
          { asset: { kind: 'token', token: demo }, way: 'in', amount: 15n * 10n ** 17n },
          { asset: { kind: 'token', token: orchard }, way: 'in', amount: 7n },
          { asset: { kind: 'collectible', collection: orchard, id: 2n ** 256n - 1n }, way: 'in', amount: 1n },
        ],
        approvals: [
          { kind: 'token', token: demo, spender: shop, amount: 2n ** 256n - 1n },
          { kind: 'token', token: demo, spender: thief, amount: 0n },
          { kind: 'all', collection: orchard, spender: thief, approved: true },
        ],
      },
      context,
    )
    expect(words.changes).toEqual([
      { way: 'out', text: '1 ETH', of: null },
      { way: 'in', text: '1.5 DEMO', of: '0x2222…2222' },
      { way: 'in', text: '7 units of an unknown token', of: '0x3333…3333' },
      { way: 'in', text: '1 item, no. 11579208…29639935', of: '0x3333…3333' },
      { way: 'approval', text: 'Orchard Shop can take all your DEMO', of: '0x2222…2222' },
      { way: 'approval', text: '0x9999…9999 can take no DEMO any more', of: '0x2222…2222' },
      { way: 'approval', text: '0x9999…9999 can take every item', of: '0x3333…3333' },
    ])
    expect(words.note).toBe('And 3 more that are not shown.')
  })

  test('behavior: nothing, a failure, and why it is not known', () => {
    const nothing = describeSimulation(
      { outcome: 'changes', balances: [], approvals: [], hidden: 0 },
      context,
    )
    expect(nothing.note).toContain('Nothing of yours')
    const { failure } = describeSimulation({ outcome: 'reverts', reason: '“closed”' }, context)
    expect(failure).toBe(
      'As things stand it is refused: “closed”. Sent all the same, it can still cost the fee.',
    )
    const why = (gap: 'unsupported' | 'not-deployed' | 'unreachable', passes = false) =>
      describeSimulation({ outcome: 'unknown', why: gap, passes }, context).note
    expect(why('unsupported')).toContain('This network cannot simulate')
    expect(why('unsupported', true)).toContain('go through')
    expect(why('not-deployed')).toContain('not deployed yet')
    expect(why('unreachable')).toContain('no usable answer')
  })
})
