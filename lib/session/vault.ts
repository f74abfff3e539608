import type { Address, Hex } from 'viem'
import { BaseError } from '@/lib/errors/BaseError'
import type { Database } from '@/lib/storage/database'
import type { SecretMemory } from '@/lib/storage/memory'
import { keptTable } from '@/lib/storage/keptTable'
import { isLockDue, setLockDue } from '@/lib/session/lockDue'
import { seal, unseal, type Sealed } from '@/lib/session/sealing'
import type { SealedKey, SessionRow } from '@/lib/session/session'

/** A vault: one random key that seals the session keys of an account, wrapped once per passkey. */
export type VaultRow = {
  readonly id: string
  /** Lower case. */
  readonly account: Address
  readonly wraps: readonly (Sealed & { readonly credentialId: Hex })[]
  /** True once a wrap was taken away: the disk may still hold it, so that no new key is sealed here. */
  readonly retired?: boolean | undefined
  /** Unix milliseconds. */
  readonly createdAt: number
}

/** Vaults by id. Kept in memory: every snapshot asks for those of every account, and of every passkey. They hold nothing open. */
export const vaults = keptTable<VaultRow>('vaults', ({ id }) => id)

/** How long an opened vault stays open without a lock, in ms. */
const openFor = 24 * 60 * 60 * 1000
const openPrefix = 'vault:'
const looseKeyPrefix = 'session-key:'

type OpenVault = { readonly key: Hex; readonly expiresAt: number }

/** Where the vault keeps things: sealed ones in the database, open ones in memory. */
export type VaultContext = { readonly database: Database; readonly memory: SecretMemory; now(): number }

/** Whether the account has a vault, and none of them is open. */
export async function isLocked(context: VaultContext, account: Address): Promise<boolean> {
  const own = await vaultsOf(context, account)
  const open = await Promise.all(own.map(async (vault) => (await openKey(context, vault.id)) !== null))
  return own.length > 0 && !open.includes(true)
}

/** Closes every vault. Ephemeral keys, which no vault holds, stay unless `ephemeral` is true. */
export async function lockVaults(
  context: VaultContext,
  { ephemeral }: { ephemeral: boolean },
): Promise<void> {
  const keys = await context.memory.keys()
  await context.memory.remove(
    keys.filter((key) => key.startsWith(openPrefix) || (ephemeral && key.startsWith(looseKeyPrefix))),
  )
}

/** Seals a session key in an open vault. */
export async function sealSessionKey(
  context: VaultContext,
  vaultId: string,
  session: Pick<SessionRow, 'account' | 'chainId' | 'id'>,
  privateKey: Hex,
): Promise<SealedKey> {
  const key = await openKey(context, vaultId)
  if (key === null) throw new VaultClosedError()
  return { vaultId, ...(await seal(key, privateKey, keyContext(vaultId, session))) }
}

/** Keeps a session key in memory only: before it is sealed, or for an ephemeral session. */
export async function keepLooseKey(context: VaultContext, name: string, privateKey: Hex): Promise<void> {
  await context.memory.set(looseKeyPrefix + name, privateKey)
}

/** The key that {@link keepLooseKey} kept; `null` when it is gone. */
export async function looseKey(context: VaultContext, name: string): Promise<Hex | null> {
  return ((await context.memory.get(looseKeyPrefix + name)) as Hex | undefined) ?? null
}

/** Forgets a key that {@link keepLooseKey} kept. */
export async function dropLooseKey(context: VaultContext, name: string): Promise<void> {
  await context.memory.remove([looseKeyPrefix + name])
}

/** Whether this browser still holds a session's key, sealed or open: an ephemeral one goes with the browser. */
export async function holdsKey(context: VaultContext, session: SessionRow): Promise<boolean> {
  return session.ephemeral ? (await looseKey(context, session.id)) !== null : session.sealedKey !== undefined
}

/**
 * The private key of a session, for one signature.
 *
 * @returns `null` when it cannot be had now: the vault is closed, or the key is gone.
 */
export async function sessionKey(context: VaultContext, session: SessionRow): Promise<Hex | null> {
  if (session.ephemeral) return looseKey(context, session.id)
  if (session.sealedKey === undefined) return null
  const key = await openKey(context, session.sealedKey.vaultId)
  if (key === null) return null
  return unseal(key, session.sealedKey, keyContext(session.sealedKey.vaultId, session)).catch(
    (cause: unknown) => {
      throw new VaultCorruptError(cause)
    },
  )
}

/** Every vault of an account, open or not. */
export async function vaultsOf(context: VaultContext, account: Address): Promise<VaultRow[]> {
  return (await vaults.getAll(context.database)).filter((vault) => vault.account === lower(account))
}

/** Keeps an opened vault's key in memory, for a day at most. Whoever opened it is there, whatever was said of an absence. */
export async function rememberKey(context: VaultContext, vaultId: string, key: Hex): Promise<void> {
  await setLockDue(context, null)
  await context.memory.set(openPrefix + vaultId, {
    key,
    expiresAt: context.now() + openFor,
  } satisfies OpenVault)
}

/** Closes one vault. */
export async function forgetKey(context: VaultContext, vaultId: string): Promise<void> {
  await context.memory.remove([openPrefix + vaultId])
}

/** The key of a vault that is open. Its expiry, and the time at which an absent user locks it, are checked at each use. */
export async function openKey(context: VaultContext, vaultId: string): Promise<Hex | null> {
  const open = (await context.memory.get(openPrefix + vaultId)) as OpenVault | undefined
  if (open === undefined || open.expiresAt <= context.now()) return null
  return (await isLockDue(context)) ? null : open.key
}

const lower = (address: Address) => address.toLowerCase() as Address
const keyContext = (vaultId: string, session: Pick<SessionRow, 'account' | 'chainId' | 'id'>) => [
  'session key',
  vaultId,
  lower(session.account),
  String(session.chainId),
  session.id,
]

/** No vault is open. */
export class VaultClosedError extends BaseError {
  override readonly name = 'Session.VaultClosedError'
  constructor() {
    super('The wallet is locked. Unlock it and try again.', { code: 4100 })
  }
}

/** A stored wrap or key does not open with the key that made it. */
export class VaultCorruptError extends BaseError {
  override readonly name = 'Session.VaultCorruptError'
  constructor(cause: unknown) {
    super(
      'The stored session keys of this account cannot be opened. Revoke its sessions and approve them again.',
      { cause },
    )
  }
}
