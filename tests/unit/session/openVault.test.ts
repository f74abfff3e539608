import 'fake-indexeddb/auto'
import { generatePrivateKey } from 'viem/accounts'
import { beforeEach, expect, test } from 'vitest'
import { dropWraps } from '@/lib/session/dropWraps'
import { setLockDue } from '@/lib/session/lockDue'
import { openedBy } from '@/lib/session/openedBy'
import { openVault, wrapOpenVaults } from '@/lib/session/openVault'
import { randomKey } from '@/lib/session/sealing'
import { sessions } from '@/lib/session/sessions'
import {
  isLocked,
  lockVaults,
  sealSessionKey,
  sessionKey,
  vaults,
  type VaultContext,
} from '@/lib/session/vault'
import { openDatabase } from '@/lib/storage/database'
import { transact } from '@/lib/storage/transact'
import { createTestMemory } from '../memory'
import { sessionRow } from '../operation/sessionRow'

const account = sessionRow().account
const first = { account, credentialId: '0x01', prf: randomKey() } as const
const second = { account, credentialId: '0x02', prf: randomKey() } as const
let context: VaultContext & { time: number }

beforeEach(async () => {
  const database = await openDatabase({ name: crypto.randomUUID() })
  context = { database, memory: createTestMemory(), time: 0, now: () => context.time }
})
const lock = () => lockVaults(context, { ephemeral: false })
const all = () => vaults.getAll(context.database)
const wraps = async () => (await all()).map((vault) => vault.wraps.map(({ credentialId }) => credentialId))

/** A session whose key is sealed in a vault, and the key. */
async function sealed(vaultId: string, digit: string) {
  const privateKey = generatePrivateKey()
  const row = sessionRow({ id: `0x${digit.repeat(64)}` })
  const session = { ...row, sealedKey: await sealSessionKey(context, vaultId, row, privateKey) }
  await sessions.put(context.database, session)
  return { session, privateKey }
}

test('behavior: a new passkey while the vault is closed starts a second one, and both are completed when both are open', async () => {
  const one = await sealed(await openVault(context, first), 'a')
  await lock()
  const two = await sealed(await openVault(context, second), 'b')
  expect(await all()).toHaveLength(2)
  expect(await sessionKey(context, one.session)).toBeNull()
  expect(await sessionKey(context, two.session)).toBe(two.privateKey)
  // Both are open now: the first passkey gets into the second vault, and the second at its next ceremony into the first.
  await openVault(context, first)
  expect(await sessionKey(context, one.session)).toBe(one.privateKey)
  await openVault(context, second)
  expect((await wraps()).map((own) => own.sort())).toEqual([
    ['0x01', '0x02'],
    ['0x01', '0x02'],
  ])
  for (const passkey of [first, second]) {
    await lock()
    await openVault(context, passkey)
    expect(await sessionKey(context, one.session)).toBe(one.privateKey)
    expect(await sessionKey(context, two.session)).toBe(two.privateKey)
  }
})

test('behavior: a ceremony that is not about sessions opens nothing, and gets its passkey into what is open', async () => {
  await openVault(context, first)
  await wrapOpenVaults(context, second)
  expect(await wraps()).toEqual([['0x01', '0x02']])
  await lock()
  await wrapOpenVaults(context, { ...second, credentialId: '0x03' })
  expect(await wraps()).toEqual([['0x01', '0x02']])
  expect(await isLocked(context, account)).toBe(true)
})

test('behavior: ceremonies that end at once lose no wrap', async () => {
  await openVault(context, first)
  await Promise.all(
    ['0x02', '0x03', '0x04'].map((id) => openVault(context, { ...second, credentialId: id as '0x02' })),
  )
  expect((await wraps())[0]?.sort()).toEqual(['0x01', '0x02', '0x03', '0x04'])
})

test('behavior: a passkey that is removed opens nothing more, and nothing new is sealed where its wrap was', async () => {
  const old = await openVault(context, first)
  await openVault(context, second)
  const { session, privateKey } = await sealed(old, 'a')
  const now = 0
  expect(await openedBy(context.database, { account, credentialId: '0x01', now })).toHaveLength(1)
  const deleted = await transact(context.database, ['sessions', 'vaults'], 'readwrite', (tx) =>
    dropWraps(tx, { account, credentialId: '0x01' }),
  )
  expect(deleted).toEqual([])
  expect(await openedBy(context.database, { account, credentialId: '0x01', now })).toEqual([])
  expect(await openVault(context, second)).not.toBe(old)
  await lock()
  await openVault(context, second)
  expect(await sessionKey(context, session)).toBe(privateKey)
})

test('behavior: a vault that nothing opens any more is deleted, and its keys with it', async () => {
  const { session } = await sealed(await openVault(context, first), 'a')
  const deleted = await transact(context.database, ['sessions', 'vaults'], 'readwrite', (tx) =>
    dropWraps(tx, { account, credentialId: '0x01' }),
  )
  expect(deleted).toEqual([session.sealedKey?.vaultId])
  expect(await all()).toEqual([])
  expect((await sessions.get(context.database, session.id))?.sealedKey).toBeUndefined()
})

test('behavior: each use of an open vault looks whether the user is away for too long', async () => {
  const { session, privateKey } = await sealed(await openVault(context, first), 'a')
  await setLockDue(context, 1_000)
  context.time = 999
  expect(await sessionKey(context, session)).toBe(privateKey)
  context.time = 1_000
  expect(await sessionKey(context, session)).toBeNull()
  expect(await isLocked(context, account)).toBe(true)
  // Its owner's gesture ends the absence.
  await openVault(context, first)
  expect(await sessionKey(context, session)).toBe(privateKey)
})
