import type { Address, Hex } from 'viem'
import type { Call, OperationFee } from '@/lib/policy/call'
import { canonicalSpec } from '@/lib/policy/canonicalSpec'
import { carryUsage } from '@/lib/policy/carryUsage'
import { check } from '@/lib/policy/check'
import { dailyPolicy } from '@/lib/policy/dailyPolicy'
import { raise } from '@/lib/policy/raise'
import type { KindRules } from '@/lib/policy/kindRules'
import type { Refusal } from '@/lib/policy/refusal'
import type { CallPolicy, SessionSpec, TransferPolicy } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'

/**
 * Why no session can be offered that would let a request through: it is no call that a session may make (`banned`, `malformed`,
 * `empty`, `too-many`), its calls cannot be valid together (`periods`), the clock is behind (`clock`), the session is not at fault
 * (`not-active`), a limit that the owner set for all sites refuses (`guard`), or no policy tells the request from others
 * (`indistinct`).
 */
export type Obstacle =
  'guard' | 'banned' | 'malformed' | 'empty' | 'too-many' | 'periods' | 'clock' | 'not-active' | 'indistinct'

/**
 * The same, and what only the wallet knows: numbers that do not fit the contracts (`too-large`), an account whose sessions make one
 * call at a time (`batch`), a session of which the chain does not say what it has left (`unknown`).
 */
export type WideningObstacle = Obstacle | 'too-large' | 'batch' | 'unknown'

/**
 * A session that lets a request through. `renew`: the same terms, later. `widen`: more than before, in place of the old one. `add`: a
 * session for this request alone, beside the old one. `spec` has the old signer, which must not be used again.
 */
export type Widening =
  | { readonly ok: true; readonly how: 'renew' | 'widen' | 'add'; readonly spec: SessionSpec }
  | { readonly ok: false; readonly obstacle: Obstacle }

/** What {@link widen} works on. */
export type WidenRequest = {
  readonly spec: SessionSpec
  /** Settled and reserved. */
  readonly usage: Usage
  readonly calls: readonly Call[]
  /** Why the session does not allow them. */
  readonly refusal: Refusal
  /** Unix seconds, chain time. */
  readonly timestamp: number
  readonly banned: readonly Address[]
  /** Of the account's kind. */
  readonly rules: KindRules
  /** Seconds that the session was approved for. */
  readonly lifetime: number
}

/** A session must last this much longer for a new one to be worth its creation, in seconds; else it is extended. */
const leastLeft = 120

/**
 * Finds the tightest session that lets a request through:
 * - a limit on a total becomes what is used plus what is asked, a maximum what is asked: just enough, had the old counters gone on;
 * - a function or recipient that no policy knows is added for once a UTC day what the request does (`dailyPolicy`);
 * - a fixed argument (a recipient, say) stays as it is, as one session has one policy for a function: the request gets a session of
 *   its own;
 * - a session that ended lasts as long again as it did.
 *
 * Pure; the input is not changed. Whether the result fits the contracts' fields is the codec's to say.
 */
export function widen(request: WidenRequest): Widening {
  const { spec, refusal, timestamp, lifetime } = request
  const ended = hasEnded(refusal)
  if (refusal.rule === 'SessionNotActive' && !ended) return { ok: false, obstacle: 'not-active' }
  // The session allows it: no wider one would change that.
  if (refusal.rule.startsWith('Guard')) return { ok: false, obstacle: 'guard' }
  const extends_ = ended || spec.expiresAt - timestamp < leastLeft
  const start = extends_ ? { ...spec, expiresAt: timestamp + lifetime } : spec
  const usage = ended ? {} : request.usage
  let candidate = start
  // Each round mends one rule for good, so that it comes to an end; the bound is for a defect.
  for (let round = 0; round < 1000; round++) {
    const verdict = check({
      ...request,
      spec: candidate,
      usage: carryUsage(start, candidate, usage),
      fee: feeOf(refusal),
    })
    if (verdict.ok)
      return { ok: true, how: candidate === start && ended ? 'renew' : 'widen', spec: candidate }
    const next = mended(candidate, verdict.refusal, request)
    if (next === 'beside') return beside(start, request)
    if (typeof next === 'string') return { ok: false, obstacle: next }
    candidate = next
  }
  return { ok: false, obstacle: 'indistinct' }
}

function hasEnded(refusal: Refusal): boolean {
  if (refusal.rule === 'SessionExpired') return true
  return refusal.rule === 'SessionNotActive' && (refusal.status === 'closed' || refusal.status === 'closing')
}

/** The fee is known only when it is what failed; else the new budget, whole again, is taken to suffice. */
function feeOf(refusal: Refusal): OperationFee {
  if (refusal.rule === 'PaymasterNotAllowed') return { fee: 0n, paymaster: refusal.paymaster }
  const isFee = 'subject' in refusal && refusal.subject.kind === 'fee' && 'amount' in refusal
  return { fee: isFee ? refusal.amount : 0n }
}

function mended(
  spec: SessionSpec,
  refusal: Refusal,
  request: WidenRequest,
): SessionSpec | Obstacle | 'beside' {
  switch (refusal.rule) {
    case 'CallPolicyViolated':
      return added(spec, request.calls, refusal.target, refusal.selector) ?? 'indistinct'
    case 'TransferPolicyViolated':
      return added(spec, request.calls, refusal.target, null) ?? 'indistinct'
    case 'ConditionViolated':
      return refusal.condition === 'Equal' ? 'beside' : raise(spec, refusal, request.calls)
    case 'MaxValueExceeded':
    case 'LifetimeUsageExceeded':
    case 'AllowanceExceeded':
      return raise(spec, refusal, request.calls)
    case 'PaymasterNotAllowed':
      return { ...spec, paymaster: { mode: 'Listed', paymaster: refusal.paymaster } }
    case 'TargetBanned':
      return 'banned'
    case 'InvalidDataLength':
      return 'malformed'
    case 'NoCalls':
      return 'empty'
    case 'TooManyCalls':
      return 'too-many'
    case 'EmptyTimeRange':
      return 'periods'
    case 'PeriodElapsed':
      return 'clock'
    case 'SessionExpired':
    case 'SessionNotActive':
      return 'not-active'
    case 'GuardPerMinute':
    case 'GuardDailyCeiling':
    case 'GuardUnreadable':
      return 'guard'
  }
}

/** A session for the request alone, as long and with the fee budget of the old one. */
function beside(start: SessionSpec, request: WidenRequest): Widening {
  let spec: SessionSpec = { ...start, transferPolicies: [], callPolicies: [] }
  for (;;) {
    const verdict = check({ ...request, spec, usage: {}, fee: { fee: 0n } })
    if (verdict.ok) return { ok: true, how: 'add', spec }
    const { refusal } = verdict
    const selector = refusal.rule === 'CallPolicyViolated' ? refusal.selector : null
    if (refusal.rule !== 'CallPolicyViolated' && refusal.rule !== 'TransferPolicyViolated') {
      const obstacle = mended(spec, refusal, request)
      return {
        ok: false,
        obstacle: typeof obstacle === 'string' && obstacle !== 'beside' ? obstacle : 'indistinct',
      }
    }
    const next = added(spec, request.calls, refusal.target, selector)
    if (next === null) return { ok: false, obstacle: 'indistinct' }
    spec = next
  }
}

function added(
  spec: SessionSpec,
  calls: readonly Call[],
  target: Address,
  selector: Hex | null,
): SessionSpec | null {
  const own = calls.filter(({ to, data }) => {
    const same = to.toLowerCase() === target.toLowerCase()
    return same && (selector === null ? data === '0x' : data.toLowerCase().startsWith(selector))
  })
  const policy = dailyPolicy(own, target, selector)
  if (policy === null) return null
  return canonicalSpec({
    ...spec,
    transferPolicies: [...spec.transferPolicies, ...(isCall(policy) ? [] : [policy])],
    callPolicies: [...spec.callPolicies, ...(isCall(policy) ? [policy] : [])],
  })
}

const isCall = (policy: TransferPolicy | CallPolicy): policy is CallPolicy => 'selector' in policy
