import { isAddressEqual, type Address, type Hex } from 'viem'
import * as v from 'valibot'
import type { Connection } from '@/lib/connection/connections'
import type { Call } from '@/lib/policy/call'
import { InvalidParamsError, UnauthorizedError } from '@/lib/rpc/errors'
import { addressSchema, dataSchema, quantitySchema } from '@/lib/rpc/schemas'

/** One call as dapps write it. `to` is optional here so that the refusal of a deployment can say what to do instead. */
export const callEntries = {
  to: v.nullish(addressSchema),
  value: v.nullish(quantitySchema),
  data: v.nullish(dataSchema),
} as const

type DappCall = {
  readonly to?: Address | null | undefined
  readonly value?: bigint | null | undefined
  readonly data?: Hex | null | undefined
}

/**
 * A dapp's call as the policy engine takes it.
 *
 * @throws {InvalidParamsError} It has no recipient.
 */
export function toCall(call: DappCall): Call {
  if (call.to === undefined || call.to === null)
    throw new InvalidParamsError(
      'A smart account cannot deploy a contract by a call without `to`. Call a factory instead.',
    )
  return { to: call.to, value: call.value ?? 0n, data: call.data ?? '0x' }
}

/**
 * Checks that the sender is the connected account.
 *
 * @throws {UnauthorizedError} 4100.
 */
export function checkSender(connection: Connection, from: Address | null | undefined): void {
  if (from !== undefined && from !== null && !isAddressEqual(from, connection.account))
    throw new UnauthorizedError(
      `This site is not connected to ${from}. It is connected to ${connection.account}.`,
    )
}
