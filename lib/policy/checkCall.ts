import type { Address, Hex } from 'viem'
import { BaseError } from '@/lib/errors/BaseError'
import type { Call } from '@/lib/policy/call'
import { conditionHolds } from '@/lib/policy/condition'
import type { Ledger } from '@/lib/policy/ledger'
import type { Refusal } from '@/lib/policy/refusal'
import type { CallPolicy, SessionSpec, TransferPolicy } from '@/lib/policy/spec'
import { readWord, sizeThroughWord } from '@/lib/policy/word'

/** Verdict on one call: the place of its policy, or the first rule that failed. */
export type CallVerdict =
  { readonly ok: true; readonly policyIndex: number } | { readonly ok: false; readonly refusal: Refusal }

/**
 * Checks one call against the policies of a session and charges it to the ledger, in the order of the contracts: banned target →
 * policy → greatest value → value limit → use limit → constraints, each condition and then its limit.
 *
 * @param index - Index of the call in the batch.
 * @param spec - Policies in canonical order.
 * @param banned - Targets that no session may call, in lower case.
 * @throws {MalformedCallError} The call's data is no hex string of whole bytes, or its value no uint256.
 */
export function checkCall(
  call: Call,
  index: number,
  spec: SessionSpec,
  banned: ReadonlySet<string>,
  ledger: Ledger,
): CallVerdict {
  if (!/^0x(?:[0-9a-f]{2})*$/i.test(call.data) || call.value < 0n || call.value >= 2n ** 256n)
    throw new MalformedCallError(index)
  const target = call.to
  if (banned.has(target.toLowerCase())) return refuse({ rule: 'TargetBanned', call: index, target })
  const length = (call.data.length - 2) / 2
  if (length > 0 && length < 4) return refuse({ rule: 'InvalidDataLength', call: index, length, required: 4 })

  const selector = length === 0 ? null : selectorOf(call)
  const found = findPolicy(spec, target.toLowerCase(), selector)
  if (!found) return refuse(noPolicy(target, selector, index, spec))

  const { policy, policyIndex } = found
  const { maxValuePerUse, valueLimit, useLimit } = policy
  if (call.value > maxValuePerUse)
    return refuse({ rule: 'MaxValueExceeded', call: index, target, value: call.value, maxValuePerUse })
  if (maxValuePerUse > 0n) {
    const subject = { kind: 'value', target } as const
    const refusal = ledger.charge(`${policyIndex}.value`, valueLimit, call.value, index, subject)
    if (refusal) return refuse(refusal)
  }
  const uses = { kind: 'uses', target } as const
  const subject = 'selector' in policy ? { ...uses, selector: policy.selector } : uses
  const refusal = ledger.charge(`${policyIndex}.uses`, useLimit, 1n, index, subject)
  if (refusal) return refuse(refusal)

  const failed = 'selector' in policy ? checkConstraints(call, index, policy, policyIndex, ledger) : null
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

type Found = { readonly policy: TransferPolicy | CallPolicy; readonly policyIndex: number }

/** @param selector - `null` for a transfer. */
function findPolicy(spec: SessionSpec, target: string, selector: Hex | null): Found | null {
  const { transferPolicies, callPolicies } = spec
  const place =
    selector === null
      ? transferPolicies.findIndex((policy) => policy.target.toLowerCase() === target)
      : callPolicies.findIndex(
          (policy) => policy.selector.toLowerCase() === selector && policy.target.toLowerCase() === target,
        )
  const policy = selector === null ? transferPolicies[place] : callPolicies[place]
  if (!policy) return null
  return { policy, policyIndex: selector === null ? place : transferPolicies.length + place }
}

function selectorOf({ data }: Call): Hex {
  return `0x${data.slice(2, 10).toLowerCase()}`
}

function noPolicy(target: Address, selector: Hex | null, call: number, spec: SessionSpec): Refusal {
  if (selector === null) {
    const allowed = spec.transferPolicies.map((policy) => policy.target)
    return { rule: 'TransferPolicyViolated', call, target, allowed }
  }
  const lower = target.toLowerCase()
  const targetKnown = spec.callPolicies.some((policy) => policy.target.toLowerCase() === lower)
  return { rule: 'CallPolicyViolated', call, target, selector, targetKnown }
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
