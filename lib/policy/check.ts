import type { Address } from 'viem'
import { allowsPaymaster } from '@/lib/policy/allowsPaymaster'
import type { Call, OperationFee } from '@/lib/policy/call'
import { checkCall } from '@/lib/policy/checkCall'
import { Ledger } from '@/lib/policy/ledger'
import type { KindRules } from '@/lib/policy/kindRules'
import type { Refusal } from '@/lib/policy/refusal'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Charge, Usage } from '@/lib/policy/usage'

/** What {@link check} judges. */
export type CheckRequest = {
  readonly spec: SessionSpec
  /** Usage on chain plus what operations under way have reserved. */
  readonly usage: Usage
  readonly calls: readonly Call[]
  readonly fee: OperationFee
  /** Unix seconds, chain time. It chooses the periods, and is the time hint `t` of the signature. */
  readonly timestamp: number
  /** Targets that no session may call: the account, EntryPoint, the modules and the factory. */
  readonly banned: readonly Address[]
  /** Of the account's kind. */
  readonly rules: KindRules
}

/** Verdict on an operation. */
export type Verdict =
  | {
      readonly ok: true
      /** To be reserved, one per cell. */
      readonly charges: readonly Charge[]
      /** Place of each call's policy in canonical order. */
      readonly policyIndex: readonly number[]
      /** Unix seconds, exclusive; 0 when no period was used. */
      readonly validAfter: number
      /** Unix seconds, inclusive; without the signature's deadline. */
      readonly validUntil: number
    }
  | { readonly ok: false; readonly refusal: Refusal }

/**
 * Judges whether a session allows an operation, and what it charges. Pure: no clock, no I/O, the input is not changed. The rules
 * are those of the session module, in its order (`contracts/README.md`, "Check order"): expiry → call by call → paymaster → fee.
 * What is different for another kind of account is in `rules`.
 *
 * @throws {MalformedCallError} A call's data is no hex string of whole bytes, or its value no uint256.
 */
export function check({ spec, usage, calls, fee, timestamp, banned, rules }: CheckRequest): Verdict {
  if (timestamp > spec.expiresAt)
    return refuse({ rule: 'SessionExpired', expiresAt: spec.expiresAt, timestamp })
  if (calls.length === 0) return refuse({ rule: 'NoCalls' })
  if (calls.length > rules.maximumCalls)
    return refuse({ rule: 'TooManyCalls', calls: calls.length, maximum: rules.maximumCalls })

  const bannedTargets = new Set(banned.map((target) => target.toLowerCase()))
  const ledger = new Ledger(usage, timestamp, spec.expiresAt, rules.periodDelay)
  const policyIndex: number[] = []
  for (const [index, call] of calls.entries()) {
    const verdict = checkCall(call, index, spec, bannedTargets, ledger)
    if (!verdict.ok) return verdict
    policyIndex.push(verdict.policyIndex)
  }

  const { paymaster } = fee
  if (paymaster !== undefined && !allowsPaymaster(spec.paymaster, paymaster))
    return refuse({ rule: 'PaymasterNotAllowed', paymaster })
  if (paymaster === undefined || (rules.chargesSponsoredFees && spec.paymaster.mode !== 'Listed')) {
    const refusal = ledger.charge('fee', spec.feeLimit, fee.fee, -1, { kind: 'fee' })
    if (refusal) return refuse(refusal)
  }

  const { charges, validAfter, validUntil } = ledger
  if (validUntil === 0 || validAfter >= validUntil)
    return refuse({ rule: 'EmptyTimeRange', validAfter, validUntil })
  return { ok: true, charges, policyIndex, validAfter, validUntil }
}

function refuse(refusal: Refusal): Verdict {
  return { ok: false, refusal }
}
