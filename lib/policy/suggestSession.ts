import type { Address, Hex } from 'viem'
import type { Call } from '@/lib/policy/call'
import { canonicalSpec } from '@/lib/policy/canonicalSpec'
import { check } from '@/lib/policy/check'
import { exposure } from '@/lib/policy/exposure'
import { enforcedSpec, type KindRules } from '@/lib/policy/kindRules'
import { knownFunction } from '@/lib/policy/knownFunctions'
import type { SessionSpec } from '@/lib/policy/spec'
import { suggestPolicy, type PastCall } from '@/lib/policy/suggestPolicy'
import { unholdable } from '@/lib/policy/unholdable'

/** A function whose arguments can be read. */
export type ReadableFunction = {
  readonly name: string
  /** Words of its arguments that are plain unsigned numbers. */
  readonly numbers: ReadonlySet<number>
}

/** Calls that a site sent together. */
export type PastCalls = {
  readonly calls: readonly Call[]
  /** Unix seconds. */
  readonly at: number
}

/** What {@link suggestSession} works on. */
export type SuggestRequest = {
  readonly calls: readonly Call[]
  /** What the same site sent before, for the same account on the same chain; in any order. */
  readonly past: readonly PastCalls[]
  /** Unix seconds, chain time. */
  readonly timestamp: number
  /** Targets that no session may call: the account itself among them. */
  readonly banned: readonly Address[]
  readonly rules: KindRules
  /** Most that one such operation costs, in wei. */
  readonly feePerUse: bigint
  /** Functions that the site named, by `target:selector` in lower case; their selectors were computed from the names. */
  readonly functions: Readonly<Record<string, ReadableFunction>>
}

/**
 * Why no session is suggested. `banned`: a target guards the account. `batch`: sessions of this kind of account make fewer calls
 * at a time. `unknown`: nobody says what a function does. `lasting`: it gives away a right that outlives the session. `open`: it
 * can carry any instruction. `collectible`: it moves what no limit counts. `unlimited`: no limit would bound the amount.
 * `indistinct`: limits could not tell the calls from others.
 */
export type SuggestObstacle = {
  readonly kind:
    'banned' | 'batch' | 'unknown' | 'lasting' | 'open' | 'collectible' | 'unlimited' | 'indistinct'
  readonly selector?: Hex | undefined
  readonly name?: string | undefined
}

/**
 * The same, and what only the wallet knows: sessions sign for a site, not for a frame in another one (`frame`); numbers do not
 * fit the contracts (`too-large`).
 */
export type SuggestionObstacle = SuggestObstacle | { readonly kind: 'frame' | 'too-large' }

/** A session for what a site does, without a key; or why there is none. */
export type Suggestion =
  | { readonly ok: true; readonly spec: SessionSpec }
  | { readonly ok: false; readonly obstacle: SuggestObstacle }

/** Seconds that a suggested session lasts. */
export const suggestedLifetime = 7 * 86_400
/** Stands for the key, which is made when the owner wants the session. */
const noSigner: Address = '0x0000000000000000000000000000000000000001'

/**
 * Suggests the tightest session under which a site can go on with what it asks for: `suggestPolicy` for each function and
 * recipient, for a week, with fees for as many operations as its limits let pass. It always allows the calls that it was made
 * from, and what it can lose is within its own limits: where that cannot be, there is no suggestion. It names no paymaster; one
 * that is listed later pays its fees instead, and loses nothing.
 */
export function suggestSession(request: SuggestRequest): Suggestion {
  const { calls, past, timestamp, banned, rules, feePerUse } = request
  const refused = obstacleOf(request)
  if (refused !== null) return { ok: false, obstacle: refused }
  const everyPast = past.flatMap(({ at, calls: before }) => before.map((call) => ({ call, at })))
  const groups = new Map<string, Call[]>()
  for (const call of calls) groups.set(keyOf(call), [...(groups.get(keyOf(call)) ?? []), call])
  const transferPolicies = []
  const callPolicies = []
  for (const [key, own] of groups) {
    const [{ to: target, data } = { to: noSigner, data: '0x' as Hex }] = own
    const selector = data === '0x' ? null : selectorOf(data)
    const before: PastCall[] = everyPast.filter(({ call }) => keyOf(call) === key)
    const numbers = request.functions[key]?.numbers ?? new Set<number>()
    const policy = suggestPolicy(target, { calls: own, selector, past: before, numbers, rules, timestamp })
    if (policy === null) return { ok: false, obstacle: { kind: 'indistinct' } }
    if ('selector' in policy) callPolicies.push(policy)
    else transferPolicies.push(policy)
  }
  const spec = canonicalSpec({
    signer: noSigner,
    expiresAt: timestamp + suggestedLifetime,
    feeLimit: { limitType: 'Lifetime', limit: feePerUse * operationsIn(request), period: 0 },
    paymaster: { mode: 'None' },
    transferPolicies,
    callPolicies,
  })
  const { warnings } = exposure(enforcedSpec(spec, rules), timestamp)
  // Of a kind whose chain knows no paymasters that is always so, and the fee limit counts then.
  if (warnings.some(({ kind }) => kind !== 'AnyPaymaster'))
    return { ok: false, obstacle: { kind: 'unlimited' } }
  const fee = { fee: feePerUse }
  const allowed = check({ spec, usage: {}, calls, fee, timestamp, banned, rules }).ok
  return allowed ? { ok: true, spec } : { ok: false, obstacle: { kind: 'indistinct' } }
}

function obstacleOf({ calls, banned, rules, functions }: SuggestRequest): SuggestObstacle | null {
  const guarded = new Set(banned.map((target) => target.toLowerCase()))
  if (calls.some(({ to }) => guarded.has(to.toLowerCase()))) return { kind: 'banned' }
  if (calls.length === 0) return { kind: 'indistinct' }
  if (calls.length > rules.maximumCalls) return { kind: 'batch' }
  for (const call of calls) {
    const obstacle = call.data === '0x' ? null : obstacleOfFunction(call, functions[keyOf(call)])
    if (obstacle !== null) return obstacle
  }
  return null
}

function obstacleOfFunction({ data }: Call, named: ReadableFunction | undefined): SuggestObstacle | null {
  if (data.length < 10) return { kind: 'indistinct' }
  const selector = selectorOf(data)
  const known = knownFunction(selector)
  const name = known?.name ?? named?.name
  const kind = unholdable(selector, name)
  if (kind !== null) return { kind, selector, name }
  if (known?.kind === 'approve' || known?.kind === 'approveAll') return { kind: 'lasting', selector, name }
  if (known?.kind === 'open' || known?.kind === 'collectible') return { kind: known.kind, selector, name }
  return known === null && named === undefined ? { kind: 'unknown', selector } : null
}

/** As many operations as its past suggests for the whole of its life: a busy day's, every day, and three a day at least. */
function operationsIn({ past, timestamp }: SuggestRequest): bigint {
  const days = new Map<number, bigint>()
  for (const { at } of [...past, { at: timestamp }]) {
    const day = Math.floor(at / 86_400)
    days.set(day, (days.get(day) ?? 0n) + 1n)
  }
  const busiest = [...days.values()].reduce((most, count) => (count > most ? count : most), 3n)
  return busiest * 7n
}

const selectorOf = (data: Hex): Hex => `0x${data.slice(2, 10).toLowerCase()}`

/** What makes two calls those of one policy; the key of {@link SuggestRequest.functions}. */
export const keyOf = ({ to, data }: Call): string =>
  data === '0x' ? to.toLowerCase() : `${to.toLowerCase()}:${selectorOf(data)}`
