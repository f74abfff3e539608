import type { Address, Hex } from 'viem'
import { readEvent, type SimulatedLog, type TokenEvent } from '@/lib/describe/simulate/readEvent'
import type { ApprovalChange, Asset, BalanceChange, Changes } from '@/lib/describe/simulate/simulation'

/** Changes of either sort that are listed. */
const most = 16
/** Logs that are looked at. */
const mostLogs = 4_000

/**
 * What an account gains and loses, and whom it lets take something, by the logs of its calls. A log names the contract that wrote it:
 * one token cannot speak for another, but each can lie about itself.
 *
 * @param account - In any case.
 */
export function readChanges(logs: readonly SimulatedLog[], account: Address): Changes {
  const own = account.toLowerCase()
  const sums = new Map<string, { readonly asset: Asset; sum: bigint }>()
  const approvals = new Map<string, ApprovalChange>()
  const events = logs.slice(0, mostLogs).flatMap(readEvent)
  const transfers = events.filter((event) => event.kind === 'transfer')
  for (const event of events) {
    if (event.kind === 'transfer') add(sums, event, own)
    else if (event.owner !== own) continue
    else if (event.kind === 'wrap') for (const made of wrapped(event, transfers)) add(sums, made, own)
    else approvals.set(approvalKey(event.approval), event.approval)
  }
  const balances = [...sums.values()]
    .filter(({ sum }) => sum !== 0n)
    .map(({ asset, sum }): BalanceChange => ({
      asset,
      way: sum > 0n ? 'in' : 'out',
      amount: sum > 0n ? sum : -sum,
    }))
    .sort((a, b) => (a.way === b.way ? 0 : a.way === 'out' ? -1 : 1))
  const given = [...approvals.values()]
  const unread = Math.max(0, logs.length - mostLogs)
  const shown = { balances: balances.slice(0, most), approvals: given.slice(0, most) }
  const listed = shown.balances.length + shown.approvals.length
  return { ...shown, hidden: balances.length + given.length - listed + unread }
}

type Transfer = Extract<TokenEvent, { kind: 'transfer' }>

/**
 * Wrapped ether, told by `Deposit` and `Withdrawal` alone: as a transfer, when just as much ether went the other way, and the contract
 * tells the account of no transfer.
 */
function wrapped(
  { token, owner, way, amount }: Extract<TokenEvent, { kind: 'wrap' }>,
  transfers: readonly Transfer[],
): Transfer[] {
  const [from, to] = way === 'in' ? [token, owner] : [owner, token]
  const isPaid = transfers.some(
    (one) => one.asset.kind === 'native' && one.from === to && one.to === from && one.amount === amount,
  )
  const isTold = transfers.some(
    (one) =>
      one.asset.kind === 'token' && one.asset.token === token && (one.from === owner || one.to === owner),
  )
  return isPaid && !isTold ? [{ kind: 'transfer', asset: { kind: 'token', token }, from, to, amount }] : []
}

function add(
  sums: Map<string, { readonly asset: Asset; sum: bigint }>,
  { asset, from, to, amount }: Transfer,
  own: string,
): void {
  const change = (to === own ? amount : 0n) - (from === own ? amount : 0n)
  if (change === 0n) return
  const key = assetKey(asset)
  const entry = sums.get(key) ?? { asset, sum: 0n }
  entry.sum += change
  sums.set(key, entry)
}

function assetKey(asset: Asset): string {
  if (asset.kind === 'native') return asset.kind
  return asset.kind === 'token' ? asset.token : `${asset.collection} ${asset.id}`
}

function approvalKey(approval: ApprovalChange): string {
  const of: Hex = approval.kind === 'token' ? approval.token : approval.collection
  // An item has one spender at a time, a token many.
  return `${approval.kind} ${of} ${approval.kind === 'item' ? approval.id : approval.spender}`
}
