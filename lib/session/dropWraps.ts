import type { Address, Hex } from 'viem'
import { sessions } from '@/lib/session/sessions'
import { vaults } from '@/lib/session/vault'
import type { Transaction } from '@/lib/storage/transact'

/**
 * Takes a passkey's wraps away from the vaults of its account. The disk may keep a deleted wrap for long, so that a vault which had
 * one gets no new session keys; one that seals nothing any more, or that nothing opens any more, is deleted.
 *
 * @param transaction - Covers `sessions` and `vaults`.
 * @returns The ids of the deleted vaults, whose open keys are to be forgotten.
 */
export async function dropWraps(
  transaction: Transaction,
  { account, credentialId }: { account: Address; credentialId: Hex },
): Promise<string[]> {
  const id = account.toLowerCase()
  const all = await sessions.getAll(transaction)
  const deleted: string[] = []
  for (const vault of await vaults.getAll(transaction)) {
    const wraps = vault.wraps.filter((wrap) => wrap.credentialId !== credentialId)
    if (vault.account !== id || wraps.length === vault.wraps.length) continue
    const sealed = all.filter((session) => session.sealedKey?.vaultId === vault.id)
    if (wraps.length > 0 && sealed.length > 0) {
      await vaults.put(transaction, { ...vault, wraps, retired: true })
      continue
    }
    for (const session of sealed) await sessions.put(transaction, { ...session, sealedKey: undefined })
    await vaults.delete(transaction, vault.id)
    deleted.push(vault.id)
  }
  return deleted
}
