import { numberToHex, type Hex } from 'viem'
import type { Call } from '@/lib/policy/call'
import type { Verdict } from '@/lib/policy/check'
import type { Usage } from '@/lib/policy/usage'
import { encodeError, encodeRefusal } from './encodeRefusal'
import type { OperationStep, Scenario } from './scenario'
import { revokeSession, strictness, type Stricter } from './stricter'
import { banned, latchkey } from './world'

/** What the chain is to answer. */
export type Expected =
  /** The call succeeds and returns this. */
  | { readonly kind: 'returned'; readonly data: Hex }
  /** The operation is allowed now; this is returned. */
  | { readonly kind: 'accepted'; readonly data: Hex }
  /** The policies allow it, but not at this time or not under this signature; this is returned. */
  | { readonly kind: 'withheld'; readonly data: Hex }
  /** It is refused with exactly this error. */
  | { readonly kind: 'refused'; readonly data: Hex }
  /** It is refused with whatever error. */
  | { readonly kind: 'refusedSomehow' }
  /** The wallet refuses, on purpose, what the chain may allow. */
  | { readonly kind: 'stricter'; readonly rule: Stricter }
  | { readonly kind: 'state'; readonly status: 'active' | 'closed'; readonly usage: Usage }

export type ExpectedInput = {
  readonly step: OperationStep
  readonly callData: Hex
  /** `null` when the wallet cannot read the calldata. */
  readonly calls: readonly Call[] | null
  readonly verdict: Verdict | { readonly ok: false; readonly malformed: true }
  readonly scenario: Omit<Scenario, 'steps'>
  readonly id: Hex
  readonly isActive: boolean
}

const mostCalls = 32
const bannedSet = new Set(banned.map((target) => target.toLowerCase()))

/**
 * What the chain is to answer to an operation of which the wallet's verdict is known. The checks stand where they stand on chain:
 * the account's own come before those of the session module, so that its error is the first.
 */
export function expectedOf(input: ExpectedInput): Expected {
  const { step, calls, verdict, scenario, isActive } = input
  const rule = strictness(input)
  if (rule !== null) return { kind: 'stricter', rule }
  if (calls === null) return { kind: 'refusedSomehow' }
  if (calls.length === 0 || calls.length > mostCalls)
    return { kind: 'refused', data: encodeError('InvalidCallData') }
  const target = calls.find(({ to }) => bannedSet.has(to.toLowerCase()))?.to
  const revokesAnother = isAlonePassedOn(calls)
  if (target !== undefined && !revokesAnother)
    return { kind: 'refused', data: encodeError('TargetBanned', BigInt(target)) }
  if (!isActive) return { kind: 'refused', data: encodeError('SessionNotActive') }
  if (target !== undefined) {
    const data = encodeError('CallPolicyViolated', BigInt(target), BigInt(revokeSession) << 224n)
    return { kind: 'refused', data }
  }
  if (
    step.policyIndex !== undefined &&
    !(verdict.ok && verdict.policyIndex.every((index) => index === step.policyIndex))
  )
    return { kind: 'refusedSomehow' }
  if (!verdict.ok) {
    const data = 'refusal' in verdict ? encodeRefusal(verdict.refusal) : null
    return data === null ? { kind: 'refusedSomehow' } : { kind: 'refused', data }
  }
  return inTime(step, verdict, scenario)
}

/**
 * Whether the account passes on a call of a banned target to the session module: `revokeSession(bytes32)` alone, since only the
 * module knows whose id it names. Of another session's it refuses it by a name of its own.
 */
function isAlonePassedOn(calls: readonly Call[]): boolean {
  const [only, second] = calls
  return (
    only !== undefined &&
    second === undefined &&
    only.to.toLowerCase() === latchkey.sessionKeyValidator.toLowerCase() &&
    only.value === 0n &&
    only.data.length === 2 + 2 * 36 &&
    only.data.toLowerCase().startsWith(revokeSession)
  )
}

function inTime(
  { now, deadline, signedBy }: OperationStep,
  { validAfter, validUntil: end }: Verdict & { readonly ok: true },
  { spec }: Omit<Scenario, 'steps'>,
): Expected {
  const validUntil = Math.min(end, deadline, spec.expiresAt)
  if (validUntil === 0 || validAfter >= validUntil)
    return { kind: 'refused', data: encodeError('EmptyTimeRange') }
  const failed = signedBy === 'session' ? 0n : 1n
  const data = numberToHex((BigInt(validAfter) << 208n) | (BigInt(validUntil) << 160n) | failed, { size: 32 })
  const allowed = signedBy !== 'stranger' && now > validAfter && now <= validUntil
  return { kind: allowed ? 'accepted' : 'withheld', data }
}
