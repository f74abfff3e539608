import type { Address } from 'viem'
import type { TotalExposure } from '@/lib/policy/totalExposure'

/** What all sessions of an account, of whatever site and on whatever chain, can still take together. */
export type ExposureView = TotalExposure & {
  /** Lower case. */
  readonly account: Address
}
