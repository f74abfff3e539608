import { numberToHex, type Address, type Hex } from 'viem'
import { canonicalSpec } from '@/lib/policy/canonicalSpec'
import { limitedCells } from '@/lib/policy/cells'
import {
  conditions,
  unlimited,
  type CallPolicy,
  type Constraint,
  type PaymasterRule,
  type SessionSpec,
  type TransferPolicy,
  type UsageLimit,
} from '@/lib/policy/spec'
import type { Random } from './Random'

export const targets: readonly Address[] = [
  '0x0000000000000000000000000000000000001111',
  '0x1111111111111111111111111111111111111111',
  '0x2222222222222222222222222222222222222222',
  '0xabcdefabcdefabcdefabcdefabcdefabcdefabcd',
  '0xfefefefefefefefefefefefefefefefefefefefe',
]
export const selectors: readonly Hex[] = [
  '0x00000000',
  '0x00a059cb',
  '0xa9059cbb',
  '0x095ea7b3',
  '0xffffffff',
]
export const paymasters: readonly Address[] = [
  '0x3333333333333333333333333333333333333333',
  '0xdddddddddddddddddddddddddddddddddddddddd',
]
const periods = [1, 7, 60, 3600, 86_400, 604_800, 2 ** 32 - 1]

/** A random spec in canonical form that the contracts take. */
export function randomSpec(random: Random, signer: Address, expiresAt: number): SessionSpec {
  const shape = random.below(20)
  const many = shape === 0 ? 40 : shape < 4 ? 8 : 3
  const transfers = unique(random.below(3), () => randomTransfer(random))
  const calls = unique(random.between(transfers.length === 0 ? 1 : 0, many), () => randomCall(random, many))
  const spec = canonicalSpec({
    signer,
    expiresAt,
    feeLimit: random.once(2) ? lifetime(random.amount(80)) : allowance(random, random.amount(80)),
    paymaster: randomPaymaster(random),
    transferPolicies: transfers,
    callPolicies: calls,
  })
  // More cells than a session may have: a smaller one instead.
  return limitedCells(spec).length <= 250 ? spec : { ...spec, callPolicies: spec.callPolicies.slice(0, 3) }
}

function unique<policy extends TransferPolicy | CallPolicy>(count: number, make: () => policy): policy[] {
  const found = new Map<string, policy>()
  for (let index = 0; index < count; index++) {
    const policy = make()
    found.set(policy.target + ('selector' in policy ? policy.selector : ''), policy)
  }
  return [...found.values()]
}

function randomTransfer(random: Random): TransferPolicy {
  const target = random.once(4) ? numberToHex(random.bits(160), { size: 20 }) : random.pick(targets)
  return {
    target,
    maxValuePerUse: random.once(3) ? 0n : random.amount(96),
    valueLimit: randomLimit(random, 96, 96),
    useLimit: random.pick([
      unlimited,
      unlimited,
      lifetime(BigInt(random.between(1, 4))),
      lifetime(65_535n),
      allowance(random, BigInt(random.between(1, 3))),
    ]),
  }
}

function randomCall(random: Random, many: number): CallPolicy {
  const selector = random.once(4) ? numberToHex(random.bits(32), { size: 4 }) : random.pick(selectors)
  const count = random.once(10) ? random.below(many + 1) : random.pick([0, 0, 1, 1, 1, 2, 3])
  const constraints = Array.from({ length: count }, () => randomConstraint(random))
  return { ...randomTransfer(random), selector, constraints }
}

function randomConstraint(random: Random): Constraint {
  const condition = random.once(2) ? 'Unconstrained' : random.pick(conditions)
  return {
    condition,
    index: random.once(60) ? random.below(256) : random.below(3),
    refValue: numberToHex(condition === 'Unconstrained' ? 0n : random.amount(256), { size: 32 }),
    limit: randomLimit(random, 128, 96),
  }
}

function randomPaymaster(random: Random): PaymasterRule {
  const kind = random.below(3)
  if (kind === 0) return { mode: 'None' }
  return kind === 1 ? { mode: 'Listed', paymaster: random.pick(paymasters) } : { mode: 'Any' }
}

function randomLimit(random: Random, lifetimeBits: number, allowanceBits: number): UsageLimit {
  const kind = random.below(3)
  if (kind === 0) return unlimited
  return kind === 1 ? lifetime(random.amount(lifetimeBits)) : allowance(random, random.amount(allowanceBits))
}

function lifetime(limit: bigint): UsageLimit {
  return { limitType: 'Lifetime', limit, period: 0 }
}

function allowance(random: Random, limit: bigint): UsageLimit {
  const period = random.once(5) ? random.between(1, 2 ** 20) : random.pick(periods)
  return { limitType: 'Allowance', limit, period }
}
