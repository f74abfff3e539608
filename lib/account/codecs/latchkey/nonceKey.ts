import type { Address } from 'viem'
import { BaseError } from '@/lib/errors/BaseError'

/**
 * EntryPoint nonce key (192 bits): `validator20 ‖ lane4` (`contracts/README.md`, "Nonce").
 *
 * @param validator - The session module; `null` for passkeys.
 * @param lane - Uint32, freely chosen: lanes run in parallel.
 * @throws {LaneError} The lane is no uint32.
 */
export function nonceKey(validator: Address | null, lane: number): bigint {
  if (!Number.isInteger(lane) || lane < 0 || lane >= 2 ** 32) throw new LaneError(lane)
  return (BigInt(validator ?? 0) << 32n) | BigInt(lane)
}

/** A lane is no uint32. */
export class LaneError extends BaseError {
  override readonly name = 'Account.LaneError'

  constructor(lane: number) {
    super(`${lane} is not the number of a lane.`)
  }
}
