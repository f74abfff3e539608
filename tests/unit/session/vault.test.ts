import 'fake-indexeddb/auto'
import { generatePrivateKey } from 'viem/accounts'
import { beforeEach, expect, test } from 'vitest'
import { openVault } from '@/lib/session/openVault'
import { randomKey } from '@/lib/session/sealing'
import type { SessionRow } from '@/lib/session/session'
import {
  isLocked,
  keepLooseKey,
  lockVaults,
  sealSessionKey,
  sessionKey,
  vaults,
  type VaultContext,
} from '@/lib/session/vault'
import { openDatabase } from '@/lib/storage/database'
import { createTestMemory } from '../memory'

const account = '0x00000000000000000000000000000000000000Aa' as const
const session = { account, chainId: 31337, id: `0x${'11'.repeat(32)}`, ephemeral: false } as const
const row = (sealedKey: SessionRow['sealedKey']) => ({ ...session, sealedKey }) as unknown as SessionRow

let context: VaultContext & { time: number }
let count = 0

beforeEach(async () => {
  const database = await openDatabase({ name: `vault-${count++}` })
  context = { database, memory: createTestMemory(), time: 0, now: () => context.time }
})

test('behavior: a locked vault opens again with the same passkey and yields the same session key', async () => {
  const passkey = { account, credentialId: '0x0102', prf: randomKey() } as const
  const privateKey = generatePrivateKey()
  const sealed = await sealSessionKey(context, await openVault(context, passkey), session, privateKey)
  expect(await sessionKey(context, row(sealed))).toBe(privateKey)
  await lockVaults(context, { ephemeral: false })
  expect(await isLocked(context, account)).toBe(true)
  expect(await sessionKey(context, row(sealed))).toBeNull()
  await openVault(context, passkey)
  expect(await sessionKey(context, row(sealed))).toBe(privateKey)
})

test('behavior: a second passkey used while the vault is open can open it later', async () => {
  const first = { account, credentialId: '0x01', prf: randomKey() } as const
  const second = { account, credentialId: '0x02', prf: randomKey() } as const
  const privateKey = generatePrivateKey()
  const sealed = await sealSessionKey(context, await openVault(context, first), session, privateKey)
  await openVault(context, second)
  await lockVaults(context, { ephemeral: false })
  await openVault(context, second)
  expect(await sessionKey(context, row(sealed))).toBe(privateKey)
  expect(await vaults.getAll(context.database)).toHaveLength(1)
})

test('behavior: an open vault closes by itself after a day', async () => {
  await openVault(context, { account, credentialId: '0x01', prf: randomKey() })
  expect(await isLocked(context, account)).toBe(false)
  context.time = 24 * 60 * 60 * 1000
  expect(await isLocked(context, account)).toBe(true)
})

test('behavior: a sealed key cannot be moved to another account, chain or session', async () => {
  const passkey = { account, credentialId: '0x01', prf: randomKey() } as const
  const sealed = await sealSessionKey(
    context,
    await openVault(context, passkey),
    session,
    generatePrivateKey(),
  )
  const moved = { ...row(sealed), chainId: 1 }
  await expect(sessionKey(context, moved)).rejects.toThrow('cannot be opened')
})

test('behavior: the database holds neither the vault key, nor the PRF output, nor the session key', async () => {
  const prf = randomKey()
  const privateKey = generatePrivateKey()
  const vaultId = await openVault(context, { account, credentialId: '0x01', prf })
  const sealed = await sealSessionKey(context, vaultId, session, privateKey)
  const { key } = (await context.memory.get(`vault:${vaultId}`)) as { key: string }
  const stored = JSON.stringify([await vaults.getAll(context.database), sealed])
  for (const secret of [prf, privateKey, key]) expect(stored).not.toContain(secret.slice(2))
})

test('behavior: locking ends ephemeral keys only when told to', async () => {
  const ephemeral = { ...row(undefined), ephemeral: true }
  const privateKey = generatePrivateKey()
  await keepLooseKey(context, session.id, privateKey)
  await lockVaults(context, { ephemeral: false })
  expect(await sessionKey(context, ephemeral)).toBe(privateKey)
  await lockVaults(context, { ephemeral: true })
  expect(await sessionKey(context, ephemeral)).toBeNull()
})

test('error: a wrap that another PRF output made is refused', async () => {
  await openVault(context, { account, credentialId: '0x01', prf: randomKey() })
  const other = openVault(context, { account, credentialId: '0x01', prf: randomKey() })
  await expect(other).rejects.toThrow('cannot be opened')
})
