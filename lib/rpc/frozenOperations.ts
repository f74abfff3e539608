import type { Hex } from 'viem'
import type { RpcContext } from '@/lib/rpc/context'

const key = (id: string) => `frozen:${id}`

/**
 * What the authenticator was asked to sign for an approval: kept in `storage.session`, as the worker may stop while the user looks
 * for a finger. `operationId` is `null` when no operation is signed (unlock, messages). `undeployed`: for a message, the account had no
 * code when the owner was asked.
 */
export type FrozenApproval = {
  readonly challenge: Hex
  readonly operationId: string | null
  readonly undeployed?: boolean | undefined
}

/** Keeps what the authenticator was asked to sign. */
export async function keepFrozen(context: RpcContext, id: string, frozen: FrozenApproval): Promise<void> {
  await context.memory.set(key(id), frozen)
}

/** Takes what the authenticator was asked to sign, so that an assertion is used once; `null` when nothing was asked. */
export async function takeFrozen(context: RpcContext, id: string): Promise<FrozenApproval | null> {
  const frozen = (await context.memory.get(key(id))) as FrozenApproval | undefined
  await context.memory.remove([key(id)])
  return frozen ?? null
}
