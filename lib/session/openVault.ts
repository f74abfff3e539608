import type { Address, Hex } from 'viem'
import { randomKey, seal, unseal, wrappingKey } from '@/lib/session/sealing'
import {
  openKey,
  rememberKey,
  VaultCorruptError,
  vaults,
  vaultsOf,
  type VaultContext,
  type VaultRow,
} from '@/lib/session/vault'
import { transact } from '@/lib/storage/transact'

/** A passkey's answer, as far as vaults need it. */
export type VaultPasskey = {
  readonly account: Address
  readonly credentialId: Hex
  /** 32 bytes from the passkey's assertion. */
  readonly prf: Hex
}

/**
 * Opens every vault of an account that a passkey can open. One that is open and that the passkey has no wrap for gets one; when none
 * is open, the passkey starts a vault of its own, and completes it and the others at a later ceremony that finds both open.
 *
 * @returns The id of the vault that new session keys are sealed in.
 * @throws {VaultCorruptError} A wrap of this passkey cannot be opened.
 */
export async function openVault(context: VaultContext, passkey: VaultPasskey): Promise<string> {
  const { account, credentialId } = passkey
  const wrapping = await wrappingKey(passkey.prf, credentialId)
  for (const vault of await vaultsOf(context, account)) {
    const wrap = vault.wraps.find((item) => item.credentialId === credentialId)
    if (wrap === undefined) continue
    const key = await unseal(wrapping, wrap, wrapContext(vault)).catch((cause: unknown) => {
      throw new VaultCorruptError(cause)
    })
    await rememberKey(context, vault.id, key)
  }
  const open = await wrapOpen(context, account, credentialId, wrapping)
  const sealing = open.filter((vault) => vault.retired !== true).sort((a, b) => a.createdAt - b.createdAt)[0]
  if (sealing !== undefined) return sealing.id
  const vault: VaultRow = {
    id: crypto.randomUUID(),
    account: account.toLowerCase() as Address,
    wraps: [],
    createdAt: context.now(),
  }
  const key = randomKey()
  const wrap = { credentialId, ...(await seal(wrapping, key, wrapContext(vault))) }
  await vaults.put(context.database, { ...vault, wraps: [wrap] })
  await rememberKey(context, vault.id, key)
  return vault.id
}

/**
 * Lets a passkey open, from now on, every vault of the account that is open now. Opens none: a ceremony that is not about sessions
 * does not unlock them.
 */
export async function wrapOpenVaults(context: VaultContext, passkey: VaultPasskey): Promise<void> {
  const { account, credentialId, prf } = passkey
  await wrapOpen(context, account, credentialId, await wrappingKey(prf, credentialId))
}

async function wrapOpen(context: VaultContext, account: Address, credentialId: Hex, wrapping: Hex) {
  const open: VaultRow[] = []
  for (const vault of await vaultsOf(context, account)) {
    const key = await openKey(context, vault.id)
    if (key === null) continue
    open.push(vault)
    if (vault.wraps.some((item) => item.credentialId === credentialId)) continue
    const wrap = { credentialId, ...(await seal(wrapping, key, wrapContext(vault))) }
    // Read again: two ceremonies may end at once, and neither may undo the other's wrap.
    await transact(context.database, [vaults.store], 'readwrite', async (tx) => {
      const now = await vaults.get(tx, vault.id)
      if (now !== undefined && !now.wraps.some((item) => item.credentialId === credentialId))
        await vaults.put(tx, { ...now, wraps: [...now.wraps, wrap] })
    })
  }
  return open
}

const wrapContext = ({ id, account }: Pick<VaultRow, 'id' | 'account'>) => ['wrap', id, account.toLowerCase()]
