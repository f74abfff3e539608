import type { Address, Hex } from 'viem'

/** Most calls of one operation, whoever signs it. */
export const maximumCalls = 32

/** One call of an operation. */
export type Call = {
  readonly to: Address
  /** In wei. */
  readonly value: bigint
  readonly data: Hex
}

/** What the gas of an operation costs at most, as the session's fee limit counts it. */
export type OperationFee = {
  /** `maxFeePerGas` × the sum of all gas limits, in wei. */
  readonly fee: bigint
  /** The paymaster that the operation names. */
  readonly paymaster?: `0x${string}` | undefined
}
