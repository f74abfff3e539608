import { numberToHex, type Address, type Hex } from 'viem'
import { canonicalSpec } from '@/lib/policy/canonicalSpec'
import {
  unlimited,
  type CallPolicy,
  type Constraint,
  type SessionSpec,
  type TransferPolicy,
  type UsageLimit,
} from '@/lib/policy/spec'
import type { Random } from '../policy/Random'

/** Where the tokens stand that the thief goes for. */
export const tokens: readonly Address[] = [
  '0x00000000000000000000000000000000000070c1',
  '0x00000000000000000000000000000000000070c2',
]
export const thief: Address = '0x0000000000000000000000000000000000007b1e'
const accomplice: Address = '0x0000000000000000000000000000000000007b1f'

/** Token functions, with the word that carries the amount. */
export const amountWord: Readonly<Record<Hex, number>> = {
  '0xa9059cbb': 1,
  '0x23b872dd': 2,
  '0x42966c68': 0,
  '0x095ea7b3': 1,
  '0x39509351': 1,
  '0x1296ee62': 1,
}
const functions = Object.keys(amountWord) as Hex[]
const periods = [3600, 7000, 43_200, 86_400, 100_000, 604_800]

/** A session worth stealing: it moves native value and tokens, and most of it is limited. */
export function drainSpec(random: Random, signer: Address, createdAt: number): SessionSpec {
  const period = random.pick(periods)
  const expiresAt = createdAt + Math.min(random.between(1, 4 * period), 364 * 86_400)
  const limit = (most: number) => randomLimit(random, period, most)
  const transfers = [thief, accomplice]
    .slice(0, random.below(3))
    .map((target) => randomValue(random, target, limit))
  const calls = new Map<string, CallPolicy>()
  for (let count = random.between(transfers.length === 0 ? 1 : 0, 3); count > 0; count--) {
    const [target, selector] = [random.pick(tokens), random.pick(functions)]
    const value = random.once(3) ? {} : { maxValuePerUse: 0n }
    const constraints = randomConstraints(random, selector, limit)
    calls.set(target + selector, { ...randomValue(random, target, limit), ...value, selector, constraints })
  }
  const feeLimit = limit(10_000_000)
  return canonicalSpec({
    signer,
    expiresAt,
    feeLimit:
      feeLimit.limitType === 'Unlimited' ? { limitType: 'Lifetime', limit: 9_000_000n, period: 0 } : feeLimit,
    paymaster: { mode: 'None' },
    transferPolicies: transfers,
    callPolicies: [...calls.values()],
  })
}

type MakeLimit = (most: number) => UsageLimit

function randomValue(random: Random, target: Address, limit: MakeLimit): TransferPolicy {
  return {
    target,
    maxValuePerUse: BigInt(random.between(1, 1000)),
    valueLimit: random.once(6) ? unlimited : limit(3000),
    useLimit: random.once(2) ? unlimited : limit(5),
  }
}

function randomConstraints(random: Random, selector: Hex, limit: MakeLimit): Constraint[] {
  const index = amountWord[selector] ?? 0
  const found: Constraint[] = []
  const reference = () => numberToHex(random.between(1, 800), { size: 32 })
  if (!random.once(5)) {
    const condition = random.pick(['LessOrEqual', 'Less', 'Equal'] as const)
    found.push({ condition, index, refValue: reference(), limit: random.once(2) ? limit(2000) : unlimited })
  }
  if (random.once(3)) {
    const refValue = numberToHex(0, { size: 32 })
    found.push({ condition: 'Unconstrained', index, refValue, limit: limit(2000) })
  }
  if (random.once(4)) found.push({ condition: 'NotEqual', index, refValue: reference(), limit: unlimited })
  return found
}

function randomLimit(random: Random, period: number, most: number): UsageLimit {
  const limit = BigInt(random.between(1, most))
  if (random.once(2)) return { limitType: 'Lifetime', limit, period: 0 }
  return { limitType: 'Allowance', limit, period: random.once(3) ? random.pick(periods) : period }
}
