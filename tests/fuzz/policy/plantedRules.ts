import { unlimited, type SessionSpec } from '@/lib/policy/spec'
import { walletRules, type Rules } from './Player'

/** Mistakes that the comparison must find, else it proves nothing. */
export const plantedMistakes = {
  /** Forgets use limits: the wallet allows what the chain refuses. */
  usesForgotten: (spec: SessionSpec) => ({
    ...spec,
    transferPolicies: spec.transferPolicies.map((policy) => ({ ...policy, useLimit: unlimited })),
    callPolicies: spec.callPolicies.map((policy) => ({ ...policy, useLimit: unlimited })),
  }),
  /** One wei less than agreed: the wallet refuses what the chain allows. */
  feeLimitOneLess: (spec: SessionSpec) => {
    const { limit } = spec.feeLimit
    return { ...spec, feeLimit: { ...spec.feeLimit, limit: limit > 0n ? limit - 1n : 0n } }
  },
  /** A period a second too long: edges are missed. */
  periodsTooLong: (spec: SessionSpec) => {
    const { feeLimit } = spec
    return feeLimit.limitType === 'Allowance' && feeLimit.period < 2 ** 31
      ? { ...spec, feeLimit: { ...feeLimit, period: feeLimit.period + 1 } }
      : spec
  },
} satisfies Record<string, (spec: SessionSpec) => SessionSpec>

/** The wallet's rules with a mistake. */
export function plantedRules(name: string): Rules {
  const mistake = Object.entries(plantedMistakes).find(([key]) => key === name)?.[1]
  if (mistake === undefined) throw new RangeError(`No planted mistake is called ${name}.`)
  return {
    ...walletRules,
    check: (request) => walletRules.check({ ...request, spec: mistake(request.spec) }),
  }
}
