import { numberToHex, toFunctionSelector, type Hex } from 'viem'
import type { Refusal } from '@/lib/policy/refusal'
import { conditions } from '@/lib/policy/spec'

/** The contracts' errors by the rule that they name. */
const errors = {
  SessionNotActive: 'SessionNotActive()',
  TargetBanned: 'TargetBanned(address)',
  InvalidDataLength: 'InvalidDataLength(uint256,uint256)',
  CallPolicyViolated: 'CallPolicyViolated(address,bytes4)',
  TransferPolicyViolated: 'TransferPolicyViolated(address)',
  MaxValueExceeded: 'MaxValueExceeded(uint256,uint256)',
  ConditionViolated: 'ConditionViolated(bytes32,bytes32,uint8)',
  LifetimeUsageExceeded: 'LifetimeUsageExceeded(uint256,uint256)',
  AllowanceExceeded: 'AllowanceExceeded(uint256,uint256,uint64)',
  PeriodElapsed: 'PeriodElapsed(uint64,uint64)',
  PaymasterNotAllowed: 'PaymasterNotAllowed(address)',
  EmptyTimeRange: 'EmptyTimeRange()',
  InvalidCallData: 'InvalidCallData()',
  InvalidMode: 'InvalidMode(bytes32)',
  InvalidTopLevelSelector: 'InvalidTopLevelSelector(bytes4)',
  InvalidSignatureFormat: 'InvalidSignatureFormat()',
} as const

type ErrorName = keyof typeof errors

const names = Object.keys(errors) as ErrorName[]
const selectorOf = new Map(names.map((name) => [name, toFunctionSelector(errors[name])]))

/** Name of a contract's error in what a call returned; its first bytes if it is none of a session's rules. */
export function errorName(returned: Hex): string {
  const selector = returned.slice(0, 10)
  return names.find((name) => selectorOf.get(name) === selector) ?? selector
}

/** Bytes of a contract's error; every argument is a word. */
export function encodeError(name: ErrorName, ...words: (bigint | number)[]): Hex {
  return `${selectorOf.get(name) ?? '0x'}${words.map((word) => numberToHex(word, { size: 32 }).slice(2)).join('')}`
}

/**
 * What the contracts return where the policy check gives this refusal: the same rule with the same numbers. `null` for the rules
 * that stand elsewhere on chain: EntryPoint's time range, the account's form of the calldata.
 */
export function encodeRefusal(refusal: Refusal): Hex | null {
  switch (refusal.rule) {
    case 'TargetBanned':
    case 'TransferPolicyViolated':
      return encodeError(refusal.rule, BigInt(refusal.target))
    case 'InvalidDataLength':
      return encodeError(refusal.rule, refusal.length, refusal.required)
    case 'CallPolicyViolated':
      return encodeError(refusal.rule, BigInt(refusal.target), BigInt(refusal.selector) << 224n)
    case 'MaxValueExceeded':
      return encodeError(refusal.rule, refusal.value, refusal.maxValuePerUse)
    case 'ConditionViolated': {
      const condition = conditions.indexOf(refusal.condition)
      return encodeError(refusal.rule, BigInt(refusal.actual), BigInt(refusal.refValue), condition)
    }
    case 'LifetimeUsageExceeded':
      return encodeError(refusal.rule, refusal.amount, refusal.limit - refusal.used)
    case 'AllowanceExceeded': {
      const { amount, limit, used, period, resetsAt } = refusal
      return encodeError(refusal.rule, amount, limit - used, resetsAt / period - 1)
    }
    case 'PeriodElapsed':
      // A period number past 32 bits has no cell that could hold it.
      return refusal.period >= 2 ** 32
        ? encodeError('EmptyTimeRange')
        : encodeError(refusal.rule, refusal.recorded, refusal.period)
    case 'PaymasterNotAllowed':
      return encodeError(refusal.rule, BigInt(refusal.paymaster))
    case 'EmptyTimeRange':
    case 'SessionNotActive':
      return encodeError(refusal.rule)
    case 'SessionExpired':
    case 'NoCalls':
    case 'TooManyCalls':
      return null
    // The user's own limits, which `check` never names.
    case 'GuardPerMinute':
    case 'GuardDailyCeiling':
    case 'GuardUnreadable':
      return null
  }
}
