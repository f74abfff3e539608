import 'fake-indexeddb/auto'
import { deleteDB, openDB } from 'idb'
import { beforeEach, expect, test } from 'vitest'
import type { DailyCeiling } from '@/lib/policy/guards'
import { changeSettings } from '@/lib/settings/changeSettings'
import { readSettings } from '@/lib/settings/settings'
import { openDatabase, type Database } from '@/lib/storage/database'

let database: Database
beforeEach(async () => {
  database = await openDatabase({ name: crypto.randomUUID() })
})
const guards = (change: object) => ({ perMinute: null, daily: [], pauseAfterRefusals: false, ...change })
const token = '0x00000000000000000000000000000000000000AA' as const

test('behavior: lock after 8 hours and no guards, until the user sets something', async () => {
  expect(await readSettings(database)).toEqual({
    idleMinutes: 480,
    guards: guards({}),
    isDefaultWallet: false,
    theme: 'system',
    notices: { signed: true, sessions: true },
  })
})

test('behavior: a change leaves the rest as it is, and is read again as it was set', async () => {
  await changeSettings(database, { idleMinutes: 5 })
  const daily: DailyCeiling[] = [{ chainId: 1, asset: token, limit: 2n ** 200n }]
  await changeSettings(database, { guards: guards({ perMinute: 3, daily, pauseAfterRefusals: true }) })
  await changeSettings(database, { isDefaultWallet: true })
  await changeSettings(database, { theme: 'dark', notices: { signed: false, sessions: true } })
  expect(await readSettings(database)).toEqual({
    idleMinutes: 5,
    guards: {
      perMinute: 3,
      daily: [{ chainId: 1, asset: token.toLowerCase(), limit: 2n ** 200n }],
      pauseAfterRefusals: true,
    },
    isDefaultWallet: true,
    theme: 'dark',
    notices: { signed: false, sessions: true },
  })
})

test('error: what cannot be is refused and changes nothing', async () => {
  for (const idleMinutes of [0, 1.5, 1441, Number.NaN])
    await expect(changeSettings(database, { idleMinutes })).rejects.toMatchObject({ code: -32602 })
  const ceiling = { chainId: 1, asset: 'native', limit: 1n }
  const wrong = [
    { perMinute: -1 },
    { perMinute: 0.5 },
    { daily: [ceiling, ceiling] },
    {
      daily: [
        { ...ceiling, asset: token },
        { ...ceiling, asset: token.toLowerCase() },
      ],
    },
    { daily: [{ ...ceiling, asset: 'DEMO' }] },
    { daily: [{ ...ceiling, chainId: 0 }] },
    { daily: [{ ...ceiling, limit: -1n }] },
    { daily: Array.from({ length: 51 }, (_, index) => ({ ...ceiling, chainId: index + 1 })) },
  ]
  for (const change of wrong)
    await expect(changeSettings(database, { guards: guards(change) })).rejects.toMatchObject({ code: -32602 })
  expect(await readSettings(database)).toEqual({
    idleMinutes: 480,
    guards: guards({}),
    isDefaultWallet: false,
    theme: 'system',
    notices: { signed: true, sessions: true },
  })
})

test('behavior: a database of the first version gains the settings and keeps its operations', async () => {
  const name = crypto.randomUUID()
  const old = await openDB(name, 1, {
    upgrade(upgrading) {
      for (const store of ['accounts', 'sessions', 'vaults', 'activity'])
        upgrading.createObjectStore(store, { keyPath: 'id' })
      upgrading.createObjectStore('networks', { keyPath: 'chainId' })
      upgrading.createObjectStore('connections', { keyPath: 'origin' })
      upgrading.createObjectStore('operations', { keyPath: 'id' })
      upgrading.createObjectStore('meta', { keyPath: 'key' })
    },
  })
  await old.put('operations', { id: 'a', createdAt: 5 })
  old.close()
  const opened = await openDatabase({ name })
  expect(await opened.getAllFromIndex('operations', 'byCreatedAt')).toEqual([{ id: 'a', createdAt: 5 }])
  expect((await readSettings(opened)).idleMinutes).toBe(480)
  opened.close()
  await deleteDB(name)
})
