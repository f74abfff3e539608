import { BaseError } from '@/lib/errors/BaseError'
import type { Call } from '@/lib/policy/call'
import type { AnyPolicy } from '@/lib/policy/cells'
import { conditionHolds } from '@/lib/policy/condition'
import type { Ledger } from '@/lib/policy/ledger'
import type { Refusal } from '@/lib/policy/refusal'
import type { CallPolicy } from '@/lib/policy/spec'
import { readWord, sizeThroughWord } from '@/lib/policy/word'

/** Verdict on one call: the place of its policy, or the first rule that failed. */
export type CallVerdict =
  { readonly ok: true; readonly policyIndex: number } | { readonly ok: false; readonly refusal: Refusal }

/**
 * Checks one call against the policies of a session and charges it to the ledger, in the order of the contracts: banned target →
 * policy → greatest value → value limit → use limit → constraints, each condition and then its limit.
 *
 * @param index - Index of the call in the batch.
 * @param policies - In canonical order.
 * @param banned - Targets that no session may call, in lower case.
 * @throws {MalformedCallError} The call's data is no hex string of whole bytes, or its value no uint256.
 */
export function checkCall(
  call: Call,
  index: number,
  policies: readonly AnyPolicy[],
  banned: ReadonlySet<string>,
  ledger: Ledger,
): CallVerdict {
  if (!/^0x(?:[0-9a-f]{2})*$/i.test(call.data) || call.value < 0n || call.value >= 2n ** 256n)
    throw new MalformedCallError(index)
  const target = call.to
  if (banned.has(target.toLowerCase())) return refuse({ rule: 'TargetBanned', call: index, target })
  const length = (call.data.length - 2) / 2
  if (length > 0 && length < 4) return refuse({ rule: 'InvalidDataLength', call: index, length, required: 4 })

  const policyIndex = policies.findIndex((policy) => matches(policy, call))
  const policy = policies[policyIndex]
  if (!policy) return refuse(noPolicy(call, index, policies))

  const { maxValuePerUse, valueLimit, useLimit } = policy
  if (call.value > maxValuePerUse)
    return refuse({ rule: 'MaxValueExceeded', call: index, target, value: call.value, maxValuePerUse })
  if (maxValuePerUse > 0n) {
    const subject = { kind: 'value', target } as const
    const refusal = ledger.charge(`${policyIndex}.value`, valueLimit, call.value, index, subject)
    if (refusal) return refuse(refusal)
  }
  const uses = { kind: 'uses', target } as const
  const subject = policy.kind === 'call' ? { ...uses, selector: policy.selector } : uses
  const refusal = ledger.charge(`${policyIndex}.uses`, useLimit, 1n, index, subject)
  if (refusal) return refuse(refusal)

  const failed = policy.kind === 'call' ? checkConstraints(call, index, policy, policyIndex, ledger) : null
  return failed ? refuse(failed) : { ok: true, policyIndex }
}

function checkConstraints(
  { to: target, data }: Call,
  call: number,
  { selector, constraints }: CallPolicy,
  policyIndex: number,
  ledger: Ledger,
): Refusal | null {
  for (const [place, { condition, index, refValue, limit }] of constraints.entries()) {
    const actual = readWord(data, index)
    if (actual === null) {
      const length = (data.length - 2) / 2
      return { rule: 'InvalidDataLength', call, length, required: sizeThroughWord(index) }
    }
    const word = BigInt(actual)
    if (!conditionHolds(condition, word, BigInt(refValue)))
      return { rule: 'ConditionViolated', call, target, selector, index, condition, refValue, actual }
    const subject = { kind: 'argument', target, selector, index } as const
    const refusal = ledger.charge(`${policyIndex}.argument.${place}`, limit, word, call, subject)
    if (refusal) return refusal
  }
  return null
}

function matches(policy: AnyPolicy, call: Call): boolean {
  if (policy.target.toLowerCase() !== call.to.toLowerCase()) return false
  if (policy.kind === 'transfer') return call.data.length === 2
  return call.data.length > 2 && policy.selector.toLowerCase() === selectorOf(call)
}

function selectorOf(call: Call): `0x${string}` {
  return `0x${call.data.slice(2, 10).toLowerCase()}`
}

function noPolicy(call: Call, index: number, policies: readonly AnyPolicy[]): Refusal {
  const target = call.to
  if (call.data.length === 2) {
    const allowed = policies.filter((policy) => policy.kind === 'transfer').map((policy) => policy.target)
    return { rule: 'TransferPolicyViolated', call: index, target, allowed }
  }
  const targetKnown = policies.some(
    (policy) => policy.kind === 'call' && policy.target.toLowerCase() === target.toLowerCase(),
  )
  return { rule: 'CallPolicyViolated', call: index, target, selector: selectorOf(call), targetKnown }
}

function refuse(refusal: Refusal): CallVerdict {
  return { ok: false, refusal }
}

/** A call that no policy can judge, as it is not well-formed. */
export class MalformedCallError extends BaseError {
  override readonly name = 'Policy.MalformedCallError'

  constructor(index: number) {
    super(
      `calls[${index}] is malformed: \`data\` must be a hex string of whole bytes and \`value\` a uint256.`,
      {
        code: -32602,
      },
    )
  }
}
