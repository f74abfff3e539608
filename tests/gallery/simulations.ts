import { parseEther, type Address } from 'viem'
import type { CommandOutput } from '@/entrypoints/popup/command'
import { chainId, friend, orchard, shop, token } from '@/tests/gallery/snapshot'

const long = '0x8888888888888888888888888888888888888888'
const tokens = [{ chainId, address: long as Address, symbol: 'WWWWWWWWWWWWWWWWWWWW', decimals: 18 }]
const native = { kind: 'native' } as const

/** What the gallery's network says that approvals would change, by scene; of others nothing yet. */
export const simulations: Readonly<Record<string, CommandOutput<'simulateApproval'>>> = {
  'call-known': {
    tokens: [],
    simulation: {
      outcome: 'changes',
      hidden: 0,
      approvals: [],
      balances: [{ asset: { kind: 'token', token }, way: 'out', amount: parseEther('1.5') }],
    },
  },
  'call-nested': {
    tokens: [],
    simulation: {
      outcome: 'changes',
      hidden: 0,
      approvals: [{ kind: 'token', token, spender: shop, amount: parseEther('5') }],
      balances: [
        { asset: native, way: 'out', amount: parseEther('0.25') },
        { asset: { kind: 'token', token }, way: 'in', amount: parseEther('812.5') },
      ],
    },
  },
  'call-unlimited': {
    tokens: [],
    simulation: {
      outcome: 'changes',
      hidden: 0,
      balances: [],
      approvals: [{ kind: 'token', token, spender: shop, amount: 2n ** 256n - 1n }],
    },
  },
  'call-unknown': {
    tokens: [],
    simulation: { outcome: 'changes', hidden: 0, balances: [], approvals: [] },
  },
  'call-reverts': {
    tokens: [],
    simulation: { outcome: 'reverts', reason: '“Orchard: plot 40 does not exist, choose one of 0 to 35”' },
  },
  'call-blind': { tokens: [], simulation: { outcome: 'unknown', why: 'unsupported', passes: true } },
  'call-many': {
    tokens,
    simulation: {
      outcome: 'changes',
      hidden: 93,
      balances: [
        { asset: native, way: 'out', amount: 123_456_789_012_345_678_901_234n },
        { asset: { kind: 'token', token: long }, way: 'out', amount: 2n ** 256n - 1n },
        ...Array.from({ length: 6 }, (_, index) => ({
          asset: { kind: 'collectible', collection: orchard, id: 10n ** BigInt(index * 12) } as const,
          way: 'in' as const,
          amount: BigInt(index + 1),
        })),
      ],
      approvals: [
        { kind: 'all', collection: orchard, spender: friend, approved: true },
        { kind: 'token', token: long, spender: friend, amount: 0n },
        { kind: 'item', collection: orchard, spender: friend, id: 7n },
      ],
    },
  },
}
