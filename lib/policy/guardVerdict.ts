import type { Call } from '@/lib/policy/call'
import { guardOutflow } from '@/lib/policy/guardOutflow'
import type { DailyCeiling, Guards } from '@/lib/policy/guards'
import type { GuardRefusal } from '@/lib/policy/refusal'

/** An operation that a session signed, or has reserved, and that may still count. */
export type GuardedOperation = {
  readonly chainId: number
  readonly calls: readonly Call[]
  /** Unix seconds of its chain. */
  readonly signedAt: number
  /** Unix milliseconds of this computer. */
  readonly createdAt: number
  /** True when it can never be included: it moved nothing, though it was signed. */
  readonly isVoid: boolean
}

/** What {@link guardVerdict} judges. */
export type GuardRequest = {
  readonly guards: Guards
  readonly chainId: number
  readonly calls: readonly Call[]
  /** Unix seconds, chain time: it chooses the day. */
  readonly timestamp: number
  /** Unix milliseconds of this computer: the minute is counted by it, as it spans chains. */
  readonly now: number
  /** Every operation that sessions signed within the last minute and on the current day of its chain, or more. */
  readonly operations: readonly GuardedOperation[]
}

const day = 86_400
const minute = 60_000

/**
 * Judges an operation of a session against the user's own limits: first the cap of the minute, then call by call the ceilings of the
 * day. Pure: no clock, no I/O.
 *
 * @returns The first limit that stops it, with its numbers; `null` when none does.
 */
export function guardVerdict(request: GuardRequest): GuardRefusal | null {
  const { guards, chainId } = request
  return (
    checkMinute(request) ??
    firstOf(
      guards.daily.filter((ceiling) => ceiling.chainId === chainId).map((one) => checkDay(request, one)),
    )
  )
}

function checkMinute({ guards, now, operations }: GuardRequest): GuardRefusal | null {
  const cap = guards.perMinute
  if (cap === null) return null
  // One that the clock puts into the future counts: a clock that was set back must not free anything.
  const recent = operations.filter(({ createdAt }) => createdAt > now - minute)
  if (recent.length < cap) return null
  const [oldest] = recent.map(({ createdAt }) => createdAt).sort((a, b) => a - b)
  const frees = cap === 0 ? now : (oldest ?? now) + minute
  return {
    rule: 'GuardPerMinute',
    cap,
    signed: recent.length,
    waitSeconds: Math.max(0, Math.ceil((frees - now) / 1000)),
  }
}

function checkDay(
  { chainId, calls, timestamp, operations }: GuardRequest,
  { asset, limit }: DailyCeiling,
): GuardRefusal | null {
  const today = Math.floor(timestamp / day)
  let used = 0n
  for (const operation of operations) {
    // As above: what was signed on a later day of the chain than today counts.
    if (operation.isVoid || operation.chainId !== chainId || operation.signedAt < today * day) continue
    for (const call of operation.calls) used += guardOutflow(call, asset) ?? 0n
  }
  const before = used
  for (const [index, call] of calls.entries()) {
    const amount = guardOutflow(call, asset)
    if (amount === null) return { rule: 'GuardUnreadable', call: index, target: call.to }
    const left = used < limit ? limit - used : 0n
    if (amount > left)
      return {
        rule: 'GuardDailyCeiling',
        call: index,
        asset,
        limit,
        used: before,
        amount: used - before + amount,
        resetsAt: (today + 1) * day,
      }
    used += amount
  }
  return null
}

const firstOf = (refusals: readonly (GuardRefusal | null)[]): GuardRefusal | null =>
  refusals.find((refusal) => refusal !== null) ?? null
