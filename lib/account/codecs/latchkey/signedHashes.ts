import { concat, keccak256, numberToHex, type Hex } from 'viem'

/**
 * WebAuthn challenge of an owner operation: `keccak256(userOpHash32 ‖ deadline6)`.
 *
 * @param deadline - Unix seconds, the last second of validity.
 */
export function passkeyChallenge(userOpHash: Hex, deadline: number): Hex {
  return keccak256(concat([userOpHash, numberToHex(deadline, { size: 6 })]))
}

/**
 * What the session key signs, raw: `keccak256(userOpHash32 ‖ id32 ‖ t6 ‖ deadline6)`. The id stops a relayer from swapping the
 * spec, the time hint and the deadline from being moved.
 *
 * @param id - Hash of the packed spec.
 * @param timestamp - Time hint `t`, unix seconds.
 * @param deadline - Unix seconds, the last second of validity.
 */
export function sessionHash(userOpHash: Hex, id: Hex, timestamp: number, deadline: number): Hex {
  return keccak256(
    concat([userOpHash, id, numberToHex(timestamp, { size: 6 }), numberToHex(deadline, { size: 6 })]),
  )
}
