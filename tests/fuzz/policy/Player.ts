import { concat, numberToHex, type Hex } from 'viem'
import { sign } from 'viem/accounts'
import { applyCharges } from '@/lib/policy/applyCharges'
import type { Call } from '@/lib/policy/call'
import { policiesOf } from '@/lib/policy/cells'
import { check, type Verdict } from '@/lib/policy/check'
import type { Usage } from '@/lib/policy/usage'
import { encodeCallData, encodeValidation } from './encodeOperation'
import { expectedOf, type Expected } from './expected'
import type { EndStep, OperationStep, Scenario, Step } from './scenario'
import type { Script } from './Script'
import { account, banned, codec, latchkey, rules } from './world'

/** The rules under test: those of the wallet, or a copy of them with a planted mistake. */
export type Rules = { readonly check: typeof check; readonly applyCharges: typeof applyCharges }

export const walletRules: Rules = { check, applyCharges }

/** A step as the wallet sees it, and what the chain is to answer. */
export type Played = {
  readonly step: Step | { readonly kind: 'create' | 'state'; readonly now: number }
  readonly verdict: Verdict | { readonly ok: false; readonly malformed: true } | null
  readonly expected: Expected
}

/** Plays a session in the wallet, step by step, and writes the same for the chain. */
export class Player {
  readonly played: Played[] = []
  #usage: Usage = {}
  #status: 'active' | 'closed' = 'active'
  readonly #packed: Hex
  readonly #id: Hex

  constructor(
    readonly script: Script,
    readonly scenario: Omit<Scenario, 'steps'>,
    readonly rules: Rules,
  ) {
    const { spec, createdAt } = scenario
    this.#packed = codec.encodeSpec(spec)
    this.#id = codec.sessionId(spec)
    const create = codec.createSession(latchkey, spec)
    script.time(createdAt)
    script.call(account, create.to, create.data, 100)
    const expected = { kind: 'returned', data: this.#id } as const
    this.played.push({ step: { kind: 'create', now: createdAt }, verdict: null, expected })
  }

  /** Usage as the wallet counts it. */
  get usage(): Usage {
    return this.#usage
  }

  async play(step: Step): Promise<void> {
    this.script.time(step.now)
    if (step.kind === 'end') this.#end(step)
    else await this.#operate(step)
  }

  /** Asks the chain at last what remains of the session. */
  finish(now: number): void {
    const { spec } = this.scenario
    const request = codec.sessionStateCall(latchkey, account, spec)
    this.script.time(now)
    const constraints = spec.callPolicies.reduce((sum, policy) => sum + policy.constraints.length, 0)
    const words = 8 + 8 * policiesOf(spec).length + 2 * constraints
    this.script.call(account, request.to, request.data, 32 * words)
    const expected = { kind: 'state', status: this.#status, usage: this.#usage } as const
    this.played.push({ step: { kind: 'state', now }, verdict: null, expected })
  }

  #end(step: EndStep): void {
    const { to, data } = codec.revokeSessions(latchkey, [this.#id])
    // `endSessions()` of the account, called by itself.
    if (step.all) this.script.call(account, account, '0x5ef3e1e8', 100)
    else this.script.call(account, to, data, 100)
    this.#status = 'closed'
    this.played.push({ step, verdict: null, expected: { kind: 'returned', data: '0x' } })
  }

  async #operate(step: OperationStep): Promise<void> {
    const callData = encodeCallData(step.calls, step.damage)
    const calls = step.damage === undefined ? step.calls : readCalls(callData)
    const verdict = calls === null ? ({ ok: false, malformed: true } as const) : this.#check(step, calls)
    const policyIndex = indexOf(this.scenario, step, calls ?? step.calls, verdict)
    const head = concat([
      numberToHex(step.hint, { size: 6 }),
      numberToHex(step.deadline, { size: 6 }),
      ...policyIndex.map((index) => numberToHex(index, { size: 1 })),
      this.#packed,
    ])
    const userOpHash = numberToHex((BigInt(this.scenario.index) << 64n) | BigInt(this.played.length + 1), {
      size: 32,
    })
    const signature: Hex = `${await this.#sign(step, verdict.ok ? step.signedBy : 'nobody', userOpHash)}${head.slice(2)}`
    const expected = expectedOf({
      step,
      callData,
      calls,
      verdict,
      scenario: this.scenario,
      id: this.#id,
      isActive: this.#status === 'active',
    })
    // Where the wallet refuses, nothing is signed, and whatever the chain says leaves no trace.
    const keep = step.signedBy === 'nobody' && expected.kind === 'accepted'
    this.script.validate(
      latchkey.entryPoint,
      account,
      encodeValidation(step, callData, signature, userOpHash),
      keep,
    )
    if (expected.kind === 'accepted' && verdict.ok)
      this.#usage = this.rules.applyCharges(this.#usage, verdict.charges)
    this.played.push({ step, verdict, expected })
  }

  #check(step: OperationStep, calls: readonly Call[]): Verdict {
    const { spec } = this.scenario
    const gas = step.gas.slice(0, step.paymaster ? 5 : 3).reduce((sum, limit) => sum + limit, 0n)
    const fee = { fee: gas * step.maxFeePerGas, paymaster: step.paymaster }
    return this.rules.check({ spec, usage: this.#usage, calls, fee, timestamp: step.hint, banned, rules })
  }

  async #sign(step: OperationStep, signedBy: OperationStep['signedBy'], userOpHash: Hex): Promise<Hex> {
    if (signedBy === 'nobody') return `0x${'42'.repeat(64)}`
    const hash = codec.sessionHash(userOpHash, this.#id, step.hint, step.deadline)
    const stranger: Hex = `0x${'77'.repeat(32)}`
    const privateKey = signedBy === 'session' ? this.scenario.privateKey : stranger
    const { r, s, yParity = 0 } = await sign({ hash, privateKey, to: 'object' })
    const vs = BigInt(s) | (BigInt(yParity) << 255n)
    return `${r}${numberToHex(vs, { size: 32 }).slice(2)}`
  }
}

/** The calls in a calldata; `null` when the wallet cannot read them. */
function readCalls(callData: Hex): Call[] | null {
  try {
    return codec.decodeCalls(callData)
  } catch (error) {
    if (error instanceof Error && error.name === 'Account.ExecuteDecodingError') return null
    throw error
  }
}

/** The policies that the signature names: those of the check, or where it refuses those that a wallet would try. */
function indexOf(
  { spec }: Omit<Scenario, 'steps'>,
  step: OperationStep,
  calls: readonly Call[],
  verdict: Played['verdict'],
): number[] {
  if (step.policyIndex !== undefined) return calls.map(() => step.policyIndex ?? 0)
  if (verdict?.ok) return [...verdict.policyIndex]
  const policies = policiesOf(spec)
  return calls.map(({ to, data }) => {
    const index = policies.findIndex(
      (policy) =>
        policy.target === to.toLowerCase() &&
        (policy.kind === 'call' ? policy.selector === data.slice(0, 10).toLowerCase() : data === '0x'),
    )
    return Math.max(index, 0)
  })
}
