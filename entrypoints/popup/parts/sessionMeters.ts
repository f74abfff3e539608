import { networkOf } from '@/entrypoints/popup/networkOf'
import type { SessionView, Snapshot } from '@/lib/messaging/views'
import { knownFunction } from '@/lib/policy/knownFunctions'
import { remaining, type Remaining } from '@/lib/policy/remaining'
import { formatAmount } from '@/lib/ui/formatAmount'
import { formatDuration } from '@/lib/ui/formatDuration'
import { functionName } from '@/entrypoints/popup/parts/functionName'

/** What a meter shows of one limit. */
export type SessionMeter = {
  readonly id: string
  readonly isFee: boolean
  readonly label: string
  readonly text: string
  /** What is left, from 0 to 1. */
  readonly left: number
  readonly note: string | undefined
}

/** Amount of one limit with its unit. */
type Unit = { readonly label: string; readonly symbol: string; readonly decimals: number }

/**
 * What is left of every limit of a session, worded for meters.
 *
 * @param timestamp - Unix seconds, chain time.
 */
export function sessionMeters(session: SessionView, snapshot: Snapshot, timestamp: number): SessionMeter[] {
  return remaining(session.spec, session.usage, timestamp).map((entry) => {
    const unit = unitOf(entry, session, snapshot)
    const write = (value: bigint) => formatAmount(value, unit.decimals)
    return {
      id: entry.cell,
      isFee: entry.subject.kind === 'fee',
      label: unit.label,
      text: `${write(entry.left)} of ${write(entry.limit.limit)}${unit.symbol ? ` ${unit.symbol}` : ''} left`,
      left: entry.limit.limit === 0n ? 0 : Number((entry.left * 10_000n) / entry.limit.limit) / 10_000,
      note: noteOf(entry, timestamp),
    }
  })
}

function noteOf({ resetsAt, used }: Remaining, timestamp: number): string | undefined {
  if (resetsAt === null) return undefined
  return used === 0n ? undefined : `Full again in ${formatDuration(resetsAt - timestamp)}`
}

function unitOf({ subject }: Remaining, session: SessionView, snapshot: Snapshot): Unit {
  const { currency } = networkOf(snapshot, session.chainId)
  if (subject.kind === 'fee') return { label: 'Fee budget', ...currency }
  if (subject.kind === 'value') return { label: `${currency.symbol} sent`, ...currency }
  if (subject.kind === 'uses')
    return {
      label: subject.selector
        ? `Uses of ${functionName(session, subject.target, subject.selector)}`
        : 'Transfers',
      symbol: '',
      decimals: 0,
    }
  const name = functionName(session, subject.target, subject.selector)
  const known = knownFunction(subject.selector)
  const counts = (known?.kind === 'spend' || known?.kind === 'approve') && known.amount === subject.index
  const token = snapshot.tokens.find(
    (item) => item.chainId === session.chainId && item.address.toLowerCase() === subject.target.toLowerCase(),
  )
  if (counts && token) {
    const verb = known.kind === 'approve' ? 'approved' : 'paid'
    return { label: `${token.symbol} ${verb}`, symbol: token.symbol, decimals: token.decimals }
  }
  return { label: `Total of ${name}, argument ${subject.index + 1}`, symbol: '', decimals: 0 }
}
