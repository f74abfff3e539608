import { encodeFunctionData, numberToHex, type Hex } from 'viem'
import { entryPoint08Abi } from 'viem/account-abstraction'
import { sign } from 'viem/accounts'
import { hashUserOperation, type UserOperation } from '@/lib/bundler/userOperation'
import { applyCharges } from '@/lib/policy/applyCharges'
import type { Call } from '@/lib/policy/call'
import { policiesOf, type AnyPolicy } from '@/lib/policy/cells'
import { check } from '@/lib/policy/check'
import { remaining } from '@/lib/policy/remaining'
import type { Constraint, SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'
import type { Random } from '../policy/Random'
import type { Script } from '../policy/Script'
import { account, banned, chainId, codec, latchkey, rules } from '../policy/world'
import { amountWord, thief } from './drainSpec'

const gasOfCall = 300_000n
const gasOfVerification = 500_000n
/** Most uses of a policy at one moment. */
const mostUses = 6

/**
 * Somebody who has the session key: takes at every moment what is left of every limit, and tries for more. It counts usage with the
 * wallet's own rules to know what is left; what it gets is measured on chain.
 */
export class Thief {
  #usage: Usage = {}
  #lane: number
  attempts = 0

  /** @param firstLane - Every operation takes a lane of its own, so that one that fails does not hold up the next. */
  constructor(
    readonly random: Random,
    readonly script: Script,
    readonly spec: SessionSpec,
    readonly privateKey: Hex,
    firstLane: number,
  ) {
    this.#lane = firstLane
  }

  /** Everything that can be had in this second. */
  async drain(now: number): Promise<void> {
    for (const [index, policy] of policiesOf(this.spec).entries()) {
      for (let use = 0; use < mostUses; use++) {
        const call = this.#greedy(policy, index, now)
        if (!(await this.#try([call], now, use === 0))) break
      }
      if (this.random.once(2)) await this.#overreach(policy, index, now)
    }
    // The rest of the fee limit, with the cheapest call there is.
    const [first] = policiesOf(this.spec)
    if (first) await this.#try([{ ...this.#greedy(first, 0, now), value: 0n }], now, true)
  }

  #left(cell: string, now: number): bigint | null {
    return remaining(this.spec, this.#usage, now).find((entry) => entry.cell === cell)?.left ?? null
  }

  #greedy(policy: AnyPolicy, index: number, now: number): Call {
    const left = this.#left(`${index}.value`, now)
    const { maxValuePerUse } = policy
    const value = left !== null && left < maxValuePerUse ? left : maxValuePerUse
    if (policy.kind === 'transfer') return { to: policy.target, value, data: '0x' }
    const place = amountWord[policy.selector] ?? 0
    const bounds = policy.constraints.map((constraint, at) => {
      const rest = this.#left(`${index}.argument.${at}`, now)
      const most = greatest(constraint)
      return rest !== null && rest < most ? rest : most
    })
    let amount = bounds.reduce((least, bound) => (bound < least ? bound : least), 10_000n)
    if (
      policy.constraints.some(
        ({ condition, refValue }) => condition === 'NotEqual' && BigInt(refValue) === amount,
      )
    )
      amount -= 1n
    return { to: policy.target, value, data: dataOf(policy.selector, place, amount) }
  }

  /** More than allowed: one more, twice in a batch, in another period, or with a word that wraps around. */
  async #overreach(policy: AnyPolicy, index: number, now: number): Promise<void> {
    const call = this.#greedy(policy, index, now)
    const kind = this.random.below(4)
    if (kind === 0) await this.#try([{ ...call, value: call.value + 1n }], now, false)
    if (kind === 1) await this.#try([call, call], now, false)
    if (kind === 2) await this.#try([call], now, false, this.random.pick([-604_800, -3600, 3600, 604_800]))
    if (kind !== 3 || policy.kind === 'transfer') return
    const place = amountWord[policy.selector] ?? 0
    const wild = this.random.pick([2n ** 256n - 1n, 2n ** 128n, 2n ** 96n, BigInt(call.data.length)])
    await this.#try([{ ...call, data: dataOf(policy.selector, place, wild) }], now, false)
  }

  /**
   * @param emptyPurse - Whether the operation burns all that is left of the fee limit, else as little as it can.
   * @param skew - Seconds that the time hint is off.
   * @returns Whether the wallet's rules would allow it.
   */
  async #try(calls: readonly Call[], now: number, emptyPurse: boolean, skew = 0): Promise<boolean> {
    const { spec } = this
    const hint = now + skew
    const purse = this.#left('fee', now) ?? 0n
    const limits = gasOfCall + gasOfVerification
    const rest = purse > limits ? purse - limits : 0n
    const preVerificationGas = emptyPurse && this.random.once(3) ? rest : 0n
    const maxFeePerGas = purse >= limits ? 1n : 0n
    const fee = { fee: maxFeePerGas * (limits + preVerificationGas) }
    const verdict = check({ spec, usage: this.#usage, calls, fee, timestamp: hint, banned, rules })
    const policyIndex = verdict.ok ? verdict.policyIndex : calls.map((call) => this.#placeOf(call))
    const userOperation: UserOperation = {
      sender: account,
      nonce: codec.sessionNonceKey(latchkey, this.#lane++) << 64n,
      callData: codec.encodeCalls(calls),
      callGasLimit: gasOfCall,
      verificationGasLimit: gasOfVerification,
      preVerificationGas,
      maxFeePerGas,
      maxPriorityFeePerGas: maxFeePerGas,
      signature: '0x',
    }
    const userOpHash = hashUserOperation({ chainId, deployment: latchkey }, userOperation)
    const deadline = spec.expiresAt
    const hash = codec.sessionHash(userOpHash, codec.sessionId(spec), hint, deadline)
    const { r, s, yParity = 0 } = await sign({ hash, privateKey: this.privateKey, to: 'object' })
    const signature = codec.sessionSignature(
      { spec, timestamp: hint, deadline, policyIndex },
      { r, s, yParity },
    )
    this.script.call(thief, latchkey.entryPoint, handleOps({ ...userOperation, signature }), 400)
    this.attempts++
    const isTimely = verdict.ok && now > verdict.validAfter && now <= verdict.validUntil
    if (isTimely) this.#usage = applyCharges(this.#usage, verdict.charges)
    return isTimely
  }

  #placeOf({ to, data }: Call): number {
    const place = policiesOf(this.spec).findIndex(
      (policy) =>
        policy.target === to &&
        (policy.kind === 'transfer' ? data === '0x' : data.startsWith(policy.selector)),
    )
    return Math.max(place, 0)
  }
}

/** The greatest word that a condition allows. */
function greatest({ condition, refValue }: Constraint): bigint {
  const reference = BigInt(refValue)
  if (condition === 'Less') return reference - 1n
  return condition === 'LessOrEqual' || condition === 'Equal' ? reference : 10_000n
}

function dataOf(selector: Hex, place: number, amount: bigint): Hex {
  const words = [BigInt(thief), BigInt(thief), BigInt(thief)]
  words[place] = amount
  return `${selector}${words.map((word) => numberToHex(word, { size: 32 }).slice(2)).join('')}`
}

function handleOps(op: UserOperation): Hex {
  const pair = (high: bigint, low: bigint): Hex => numberToHex((high << 128n) | low, { size: 32 })
  const packed = {
    sender: op.sender,
    nonce: op.nonce,
    initCode: '0x',
    callData: op.callData,
    accountGasLimits: pair(op.verificationGasLimit, op.callGasLimit),
    preVerificationGas: op.preVerificationGas,
    gasFees: pair(op.maxPriorityFeePerGas, op.maxFeePerGas),
    paymasterAndData: '0x',
    signature: op.signature,
  } as const
  return encodeFunctionData({ abi: entryPoint08Abi, functionName: 'handleOps', args: [[packed], thief] })
}
