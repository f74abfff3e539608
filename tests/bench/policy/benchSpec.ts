import { numberToHex, type Address } from 'viem'
import type { Call } from '@/lib/policy/call'
import { unlimited, type CallPolicy, type SessionSpec } from '@/lib/policy/spec'

/** A session with so many policies for token transfers: recipient fixed, amount limited per day, uses counted. */
export function benchSpec(policies: number, signer: Address): SessionSpec {
  const callPolicies = Array.from({ length: policies }, (_, index): CallPolicy => {
    const daily = { limitType: 'Allowance', limit: 10n ** 24n, period: 86_400 } as const
    return {
      target: targetOf(index),
      selector: '0xa9059cbb',
      maxValuePerUse: 0n,
      valueLimit: { limitType: 'Lifetime', limit: 0n, period: 0 },
      useLimit: unlimited,
      constraints: [
        { condition: 'Equal', index: 0, refValue: numberToHex(7n, { size: 32 }), limit: unlimited },
        { condition: 'LessOrEqual', index: 1, refValue: numberToHex(10n ** 18n, { size: 32 }), limit: daily },
      ],
    }
  })
  return {
    signer,
    expiresAt: 1_800_000_000 + 300 * 86_400,
    feeLimit: { limitType: 'Lifetime', limit: 10n ** 22n, period: 0 },
    paymaster: { mode: 'None' },
    transferPolicies: [],
    callPolicies,
  }
}

/** A transfer that policy `index` allows. */
export function benchCall(index: number): Call {
  const words = [7n, 1000n].map((word) => numberToHex(word, { size: 32 }).slice(2)).join('')
  return { to: targetOf(index), value: 0n, data: `0xa9059cbb${words}` }
}

function targetOf(index: number): Address {
  return numberToHex(0x1000000 + index, { size: 20 })
}
