import type { SignHash } from '@/lib/operation/reserve'
import { signRaw } from '@/lib/rpc/signRaw'
import type { SessionRow } from '@/lib/session/session'
import { sessionKey, VaultClosedError, type VaultContext } from '@/lib/session/vault'

/**
 * Signs with a session's key, unsealed for the one signature.
 *
 * @returns A function that throws {@link VaultClosedError} when the vault was closed meanwhile.
 */
export function signWith(context: VaultContext, session: SessionRow): SignHash {
  return async (hash) => {
    const privateKey = await sessionKey(context, session)
    if (privateKey === null) throw new VaultClosedError()
    return signRaw(hash, privateKey)
  }
}
