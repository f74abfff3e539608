import { numberToHex, type Address, type Hex } from 'viem'
import type { Call } from '@/lib/policy/call'
import { policiesOf, type AnyPolicy } from '@/lib/policy/cells'
import { remaining } from '@/lib/policy/remaining'
import type { Constraint, SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'
import type { Random } from './Random'
import { paymasters, selectors, targets } from './randomSpec'
import type { Damage, OperationStep, Step } from './scenario'
import { revokeSession } from './stricter'
import { banned, codec } from './world'

/** What a random step is made for. */
export type Situation = { readonly spec: SessionSpec; readonly usage: Usage; readonly now: number }

type Left = ReadonlyMap<string, bigint>

/** A step that a session might see next: mostly within its policies, at their limits or one past them. */
export function randomStep(random: Random, { spec, usage, now: before }: Situation): Step {
  const now = before + wait(random, spec, before)
  if (random.once(60)) return { kind: 'end', now, all: random.once(3) }
  const hint = random.once(15)
    ? Math.max(0, now + random.pick([-1, 1, -60, 60, -86_400, 86_400, 2 ** 31]))
    : now
  const left = new Map(remaining(spec, usage, hint).map(({ cell, left: rest }) => [cell, rest]))
  const count = random.once(40) ? random.between(28, 33) : random.once(3) ? random.between(2, 4) : 1
  const calls = random.once(200) ? [] : Array.from({ length: count }, () => randomCall(random, spec, left))
  const signedBy = random.once(12) ? 'session' : random.once(40) ? 'stranger' : 'nobody'
  const deadline = random.once(20) ? Math.max(0, hint + random.pick([-1, 0, 1])) : hint + 300
  return {
    kind: 'operation',
    now,
    hint,
    deadline,
    calls,
    ...randomFee(random, spec, left.get('fee') ?? 0n),
    policyIndex: random.once(40) ? random.below(256) : undefined,
    signedBy,
    damage: random.once(25) ? randomDamage(random) : undefined,
  }
}

/** Seconds until the next step: often to the edge of a period. Seldom past the expiry, after which nothing else happens. */
function wait(random: Random, spec: SessionSpec, now: number): number {
  const left = spec.expiresAt - now
  if (random.once(15)) return Math.max(0, left + random.between(-1, 1))
  if (random.once(2)) return 0
  const periods = [spec.feeLimit, ...policiesOf(spec).flatMap(limitsOf)]
    .map(({ period }) => period)
    .filter((period) => period > 0)
  const period = periods.length === 0 ? 3600 : random.pick(periods)
  const seconds = random.once(3)
    ? random.pick([1, 59, 600, 3600, 50_000])
    : Math.max(0, period - (now % period) + random.between(-1, 1))
  return seconds > left ? 0 : seconds
}

function limitsOf(policy: AnyPolicy) {
  const constraints = policy.kind === 'call' ? policy.constraints.map(({ limit }) => limit) : []
  return [policy.valueLimit, policy.useLimit, ...constraints]
}

type Fee = Pick<OperationStep, 'gas' | 'maxFeePerGas' | 'paymaster'>

function randomFee(random: Random, spec: SessionSpec, left: bigint): Fee {
  const named = spec.paymaster.mode === 'Listed' ? spec.paymaster.paymaster : paymasters[0]
  const often = spec.paymaster.mode === 'None' ? 30 : 3
  const paymaster = random.once(often) ? (random.once(8) ? paymasters[1] : named) : undefined
  if (random.once(30)) {
    const wide = () => random.amount(120)
    return { gas: [wide(), wide(), wide(), wide(), wide()], maxFeePerGas: wide(), paymaster }
  }
  const fee = random.once(10)
    ? near(random, left)
    : BigInt(random.below(2)) * (left / BigInt(random.between(4, 40)))
  const part = fee / 3n
  if (paymaster !== undefined)
    return { gas: [fee - 2n * part, part, 0n, part, 0n], maxFeePerGas: 1n, paymaster }
  return { gas: [fee - 2n * part, part, part, random.amount(120), 7n], maxFeePerGas: 1n, paymaster }
}

function randomCall(random: Random, spec: SessionSpec, left: Left): Call {
  if (random.once(150)) {
    const own = codec.sessionId(spec)
    const id = random.once(3) ? numberToHex(BigInt(own) ^ 1n, { size: 32 }) : own
    const data: Hex = random.once(2) ? `${revokeSession}${id.slice(2)}` : '0x'
    return { to: random.pick(banned), value: random.once(8) ? 1n : 0n, data }
  }
  const policies = policiesOf(spec)
  const index = random.below(policies.length)
  const policy = policies[index]
  if (policy === undefined) throw new RangeError('A spec has policies.')
  const value = randomValue(random, policy, left.get(`${index}.value`))
  const fault = random.once(20) ? random.below(4) : -1
  const to = fault === 0 ? random.pick(targets) : policy.target
  const data =
    policy.kind === 'transfer' ? '0x' : randomData(random, policy.selector, policy.constraints, index, left)
  if (fault === 1) return { to, value, data: cut(data, random.below(data.length)) }
  if (fault === 2) return { to, value, data: `${random.pick(selectors)}${data.slice(10)}` as Hex }
  return { to: random.once(8) ? mixedCase(to) : to, value, data: random.once(8) ? upper(data) : data }
}

function randomValue(random: Random, { maxValuePerUse }: AnyPolicy, rest: bigint | undefined): bigint {
  if (random.once(3)) return 0n
  const most = rest !== undefined && rest < maxValuePerUse ? rest : maxValuePerUse
  if (random.once(2)) return most / BigInt(random.between(1, 6))
  return random.once(20) ? random.amount(256) : near(random, random.once(2) ? most : maxValuePerUse)
}

function randomData(
  random: Random,
  selector: Hex,
  constraints: readonly Constraint[],
  policy: number,
  left: Left,
): Hex {
  const words = Array.from({ length: random.between(2, 4) }, () => BigInt(random.below(6)))
  for (const [place, constraint] of constraints.entries()) {
    const { index } = constraint
    // Far words are left out at times, so that the data is too short.
    if (index >= words.length && random.once(3)) continue
    while (words.length <= index) words.push(0n)
    words[index] = wordFor(random, constraint, left.get(`${policy}.argument.${place}`))
  }
  const tail = random.once(10) ? 'ab'.repeat(random.below(33)) : ''
  return `${selector}${words.map((word) => numberToHex(word, { size: 32 }).slice(2)).join('')}${tail}`
}

function wordFor(random: Random, { condition, refValue }: Constraint, rest: bigint | undefined): bigint {
  const reference = BigInt(refValue)
  if (random.once(40)) return random.amount(256)
  if (random.once(6) && rest !== undefined) return near(random, rest)
  if (condition === 'Equal') return reference
  if (condition === 'Unconstrained' || condition === 'NotEqual')
    return rest === undefined ? BigInt(random.below(6)) : rest / BigInt(random.between(1, 8))
  return random.once(3) ? near(random, reference) : inside(condition, reference)
}

function inside(condition: Constraint['condition'], reference: bigint): bigint {
  if (condition === 'Greater') return reference < 2n ** 256n - 1n ? reference + 1n : reference
  return condition === 'Less' && reference > 0n ? reference - 1n : reference
}

/** One less, the same, or one more; at least 0 and a word. */
function near(random: Random, value: bigint): bigint {
  const close = value + BigInt(random.between(-1, 1))
  return close < 0n ? 0n : close >= 2n ** 256n ? 2n ** 256n - 1n : close
}

function randomDamage(random: Random): Damage {
  const kind = random.below(5)
  if (kind === 4) return { kind: 'batch' }
  if (kind === 0) return { kind: 'cut', bytes: random.pick([1, 31, 32, 33, 64]) }
  if (kind === 1) return { kind: 'append', bytes: random.pick([1, 31, 32, 64]) }
  return {
    kind: 'flip',
    at: random.once(2) ? random.below(300) : random.below(4096),
    mask: 1 << random.below(8),
  }
}

function cut(data: Hex, characters: number): Hex {
  return data.slice(0, 2 + 2 * Math.floor(characters / 2)) as Hex
}

function mixedCase(address: Address): Address {
  return `0x${address.slice(2, 20).toUpperCase()}${address.slice(20)}`
}

function upper(data: Hex): Hex {
  return `0x${data.slice(2).toUpperCase()}`
}
