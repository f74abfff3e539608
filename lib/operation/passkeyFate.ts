import { changeAccount, withPasskey } from '@/lib/account/changeAccount'
import type { OperationRow } from '@/lib/operation/row'
import type { Transaction } from '@/lib/storage/transact'

/**
 * Notes that an operation made a passkey an owner of its account on its chain, or took that away; with `undone`, that a
 * reorganisation took the operation back. Does nothing for other operations.
 *
 * @param transaction - Covers `accounts`.
 */
export async function passkeyFate(
  transaction: Transaction,
  { purpose, account, chainId, credentialId }: OperationRow,
  undone = false,
): Promise<void> {
  if (credentialId === undefined) return
  const isOwner = (purpose === 'add-passkey') !== undone
  await changeAccount(transaction, account, (before) =>
    withPasskey(before, credentialId, (passkey) => {
      const removedOn = (passkey.removedOn ?? []).filter((id) => id !== chainId)
      const gone =
        !isOwner && purpose === 'remove-passkey' ? { removedOn: [...removedOn, chainId] } : { removedOn }
      // The first one has no `addedOn`: it is an owner unless it was removed.
      if (passkey.addedOn === undefined) return { ...passkey, ...gone }
      const addedOn = passkey.addedOn.filter((id) => id !== chainId)
      return { ...passkey, ...gone, addedOn: isOwner ? [...addedOn, chainId] : addedOn }
    }),
  )
}
