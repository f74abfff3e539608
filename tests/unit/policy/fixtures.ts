import { encodeFunctionData, parseAbi, type Address, type Hex } from 'viem'
import type { Call } from '@/lib/policy/call'
import { kindRules } from '@/lib/policy/kindRules'
import { unlimited, type CallPolicy, type SessionSpec, type UsageLimit } from '@/lib/policy/spec'

export const shop: Address = '0x1111111111111111111111111111111111111111'
export const thief: Address = '0x9999999999999999999999999999999999999999'
export const demo: Address = '0x2222222222222222222222222222222222222222'
export const orchard: Address = '0x3333333333333333333333333333333333333333'
export const signer: Address = '0x4444444444444444444444444444444444444444'
export const sponsor: Address = '0x5555555555555555555555555555555555555555'

/** 2025-01-01T00:00:00Z. */
export const midnight = 1735689600
export const day = 86400

/** Rules of Latchkey's own contracts. */
export const rules = kindRules.latchkey

const abi = parseAbi([
  'function transfer(address to, uint256 amount)',
  'function approve(address spender, uint256 amount)',
  'function plant(uint256 plot)',
])

export function lifetime(limit: bigint): UsageLimit {
  return { limitType: 'Lifetime', limit, period: 0 }
}

export function allowance(limit: bigint, period: number): UsageLimit {
  return { limitType: 'Allowance', limit, period }
}

export function word(value: bigint | Address): Hex {
  return `0x${BigInt(value).toString(16).padStart(64, '0')}`
}

/** `transfer` of DEMO to the shop: at most 2 each, 10 a day. */
export const transferPolicy: CallPolicy = {
  target: demo,
  selector: '0xa9059cbb',
  maxValuePerUse: 0n,
  valueLimit: lifetime(0n),
  useLimit: unlimited,
  constraints: [
    { condition: 'Equal', index: 0, refValue: word(shop), limit: unlimited },
    {
      condition: 'LessOrEqual',
      index: 1,
      refValue: word(2n * 10n ** 18n),
      limit: allowance(10n ** 19n, day),
    },
  ],
}

/** `plant(plot)` with plot < 36, 20 uses an hour. */
export const plantPolicy: CallPolicy = {
  target: orchard,
  selector: '0xc383e22b',
  maxValuePerUse: 0n,
  valueLimit: lifetime(0n),
  useLimit: allowance(20n, 3600),
  constraints: [{ condition: 'Less', index: 0, refValue: word(36n), limit: unlimited }],
}

/** The session that the demo dapp asks for. */
export const orchardSpec: SessionSpec = {
  signer,
  expiresAt: midnight + day + 18 * 3600,
  feeLimit: lifetime(10n ** 15n),
  paymaster: { mode: 'None' },
  transferPolicies: [
    {
      target: shop,
      maxValuePerUse: 2n * 10n ** 15n,
      valueLimit: lifetime(10n ** 16n),
      useLimit: lifetime(5n),
    },
  ],
  callPolicies: [transferPolicy, plantPolicy],
}

export function transferCall(amount: bigint, to: Address = shop): Call {
  return {
    to: demo,
    value: 0n,
    data: encodeFunctionData({ abi, functionName: 'transfer', args: [to, amount] }),
  }
}

export function plantCall(plot: bigint): Call {
  return { to: orchard, value: 0n, data: encodeFunctionData({ abi, functionName: 'plant', args: [plot] }) }
}

export function tipCall(value: bigint, to: Address = shop): Call {
  return { to, value, data: '0x' }
}
