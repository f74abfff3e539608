import type { Address } from 'viem'
import { everything } from '@/lib/describe/calls/descriptor'
import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount, unitOf } from '@/lib/describe/formatAmount'
import { nameOf } from '@/lib/describe/nameOf'
import { shortAddress } from '@/lib/describe/shortAddress'
import type { ApprovalChange, Asset, Simulation, SimulationGap } from '@/lib/describe/simulate/simulation'

/** A change, in words. */
export type ChangeText = {
  readonly way: 'in' | 'out' | 'approval'
  /** `10 DEMO`; for an approval the whole sentence. */
  readonly text: string
  /** Which contract tells so, as symbols can be copied; `null` for the chain’s own currency. */
  readonly of: string | null
}

/** A simulation, in words. */
export type SimulationText = {
  readonly changes: readonly ChangeText[]
  /** What else there is to say, or why there is nothing. */
  readonly note: string | null
  /** Why the calls would fail. */
  readonly failure: string | null
}

/** Says what a node expects calls to change. */
export function describeSimulation(simulation: Simulation, context: DescribeContext): SimulationText {
  if (simulation.outcome === 'reverts')
    return {
      changes: [],
      note: null,
      failure: `As things stand it is refused: ${simulation.reason ?? 'no reason is given'}. Sent all the same, it can still cost the fee.`,
    }
  if (simulation.outcome === 'unknown')
    return { changes: [], note: gapText(simulation.why, simulation.passes), failure: null }
  const { balances, approvals, hidden } = simulation
  const changes = [
    ...balances.map(({ asset, way, amount }) => ({ way, ...assetText(asset, amount, context) })),
    ...approvals.map((approval) => ({ way: 'approval' as const, ...approvalText(approval, context) })),
  ]
  const more = hidden === 0 ? null : `And ${hidden} more that ${hidden === 1 ? 'is' : 'are'} not shown.`
  return {
    changes,
    note: changes.length === 0 ? 'Nothing of yours comes, goes or is approved, the fee aside.' : more,
    failure: null,
  }
}

function gapText(why: SimulationGap, passes: boolean): string {
  if (why === 'unreachable') return 'The network’s node gave no usable answer, so the changes are not known.'
  if (why === 'not-deployed')
    return 'This network cannot simulate an account that is not deployed yet, so the changes are not known.'
  return passes
    ? 'This network cannot simulate. It says only that the calls go through, not what they change.'
    : 'This network cannot simulate, so the changes are not known.'
}

function assetText(asset: Asset, amount: bigint, context: DescribeContext): Omit<ChangeText, 'way'> {
  if (asset.kind === 'native')
    return { text: formatAmount(amount, context.currency, context.locale), of: null }
  if (asset.kind === 'collectible') {
    const of = shortAddress(asset.collection)
    return { text: `${amount} ${amount === 1n ? 'item' : 'items'}, no. ${idText(asset.id)}`, of }
  }
  return {
    text: formatAmount(amount, unit(asset.token, context), context.locale),
    of: shortAddress(asset.token),
  }
}

function approvalText(approval: ApprovalChange, context: DescribeContext): Omit<ChangeText, 'way'> {
  const who = nameOf(approval.spender, context)
  if (approval.kind === 'token') {
    const { token, amount } = approval
    const { symbol, decimals } = unit(token, context)
    const what =
      amount >= everything
        ? `all your ${symbol}`
        : `up to ${formatAmount(amount, { symbol, decimals }, context.locale)}`
    const of = shortAddress(token)
    return { text: amount === 0n ? `${who} can take no ${symbol} any more` : `${who} can take ${what}`, of }
  }
  const of = shortAddress(approval.collection)
  if (approval.kind === 'item') return { text: `${who} can take item no. ${idText(approval.id)}`, of }
  return { text: approval.approved ? `${who} can take every item` : `${who} can take no items any more`, of }
}

/** One that is not known counts in its smallest units; its address stands beside. */
function unit(token: Address, context: DescribeContext) {
  const known = unitOf(token, context)
  return known.symbol.startsWith('units of') ? { symbol: 'units of an unknown token', decimals: 0 } : known
}

/** Numbers of items can fill a word. */
function idText(id: bigint): string {
  const text = String(id)
  return text.length > 20 ? `${text.slice(0, 8)}…${text.slice(-8)}` : text
}
