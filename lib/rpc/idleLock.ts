import type { RpcContext } from '@/lib/rpc/context'
import { lockVaults } from '@/lib/session/vault'

/** Nobody touched the computer for a long time: closes the vaults. Ephemeral sessions stay, as nothing could open them again. */
export async function idleLock(context: RpcContext): Promise<void> {
  await lockVaults(context, { ephemeral: false })
  context.changed()
}
