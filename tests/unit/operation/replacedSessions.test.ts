import type { Hex } from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addNetwork } from '@/lib/chains/networks'
import { applyInclusion, applyVoid } from '@/lib/operation/applyFate'
import { finalise } from '@/lib/operation/finalise'
import { operations } from '@/lib/operation/row'
import { syncSessions } from '@/lib/operation/syncSessions'
import { sessions } from '@/lib/session/sessions'
import { fakeChain, type FakeChain } from './fakeChain'
import { operationRow } from './operationRow'
import { sessionRow } from './sessionRow'
import { testContext } from './testContext'

const oldId: Hex = `0x${'01'.repeat(32)}`
const newId: Hex = `0x${'02'.repeat(32)}`
const sealedKey = { vaultId: 'v', iv: '0x01', ciphertext: '0x02' } as const

let chain: FakeChain
beforeEach(async () => {
  chain = await fakeChain()
})
afterEach(() => chain.close())

/** An operation under way that puts one session in the place of another. */
async function replacing(before: 'active' | 'paused' = 'active') {
  const context = await testContext()
  await addNetwork(context.database, chain.network)
  const row = operationRow({
    sessionId: null,
    purpose: 'create-session',
    sessionIds: [newId],
    replacesIds: [oldId],
    status: 'sent',
  })
  await operations.put(context.database, row)
  const replacing = { operationId: row.id, before }
  await sessions.put(context.database, sessionRow({ id: oldId, status: 'closing', replacing, sealedKey }))
  await sessions.put(context.database, sessionRow({ id: newId, status: 'pending', operationId: row.id }))
  const both = async () => [
    await sessions.get(context.database, oldId),
    await sessions.get(context.database, newId),
  ]
  return { context, row, both }
}

const receipt = (row: { userOpHash: Hex }, success: boolean) => ({
  userOpHash: row.userOpHash,
  transactionHash: `0x${'77'.repeat(32)}` as const,
  blockNumber: 101n,
  success,
  gasUsed: 1n,
  cost: 1n,
})

test('behavior: included, the new session is active, and the old one closed without its key', async () => {
  const { context, row, both } = await replacing()
  await applyInclusion(context, row.id, receipt(row, true))
  const [old, next] = await both()
  expect(next).toMatchObject({ status: 'active' })
  expect(old).toMatchObject({ status: 'closed', replacedBy: newId, endedAt: expect.any(Number) })
  expect(old?.sealedKey).toBeUndefined()
  expect(old?.replacing).toBeUndefined()
})

test('behavior: reverted or never included, the old session is as it was, with its key', async () => {
  for (const before of ['active', 'paused'] as const)
    for (const end of ['reverted', 'void'] as const) {
      const { context, row, both } = await replacing(before)
      if (end === 'void') await applyVoid(context, row.id, 'late')
      else await applyInclusion(context, row.id, receipt(row, false))
      const [old, next] = await both()
      expect(next).toMatchObject({ status: 'failed' })
      expect(old).toMatchObject({ status: before, sealedKey })
      expect(old?.replacing).toBeUndefined()
    }
})

test('behavior: an old session that the owner revoked meanwhile stays revoked when nothing takes its place', async () => {
  const { context, row, both } = await replacing()
  await sessions.put(context.database, sessionRow({ id: oldId, status: 'closing' }))
  await applyVoid(context, row.id, 'late')
  expect((await both())[0]).toMatchObject({ status: 'closing' })
})

test('behavior: a session revoked here before it was on the chain has failed when it never comes', async () => {
  const { context, row, both } = await replacing()
  const operationId = row.id
  await sessions.put(context.database, sessionRow({ id: newId, status: 'closing', operationId }))
  await applyVoid(context, row.id, 'late')
  expect((await both())[1]).toMatchObject({ status: 'failed' })
})

test('behavior: a reorganisation takes both steps back, and a second inclusion does both again', async () => {
  const { context, row, both } = await replacing()
  await applyInclusion(context, row.id, receipt(row, true))
  chain.state.latest = { number: 102n, timestamp: 1_000 }
  await finalise(context)
  expect((await both()).map((session) => session?.status)).toEqual(['closing', 'pending'])
  await applyInclusion(context, row.id, receipt(row, true))
  expect((await both()).map((session) => session?.status)).toEqual(['closed', 'active'])
})

test('behavior: what the chain knows better is taken over: closed elsewhere, used elsewhere, unknown', async () => {
  const context = await testContext()
  const row = sessionRow({ sealedKey, usage: { '0.value': { used: 2n, period: 0 } } })
  await sessions.put(context.database, row)
  await operations.put(
    context.database,
    operationRow({
      sessionId: row.id,
      status: 'sent',
      charges: [{ cell: '0.value', amount: 3n, period: 0 }],
    }),
  )
  const sync = () => syncSessions(context, chain.network, row.account)
  const stored = () => sessions.get(context.database, row.id)
  chain.state.session = { status: 1, used: { '0.value': { used: 5n, period: 0 } } }
  expect(await sync()).toEqual({ closed: [], used: [], unknown: [] })
  chain.state.session = { status: 1, used: { '0.value': { used: 7n, period: 0 } } }
  expect((await sync()).used).toMatchObject([{ id: row.id }])
  // Two more than settled and reserved together: settled becomes four, so that five and two are seven.
  expect((await stored())?.usage['0.value']?.used).toBe(4n)
  expect(await sync()).toEqual({ closed: [], used: [], unknown: [] })
  chain.state.session = { status: 0, used: {} }
  expect((await sync()).unknown).toEqual([row.id])
  expect(await stored()).toMatchObject({ status: 'active', sealedKey })
  chain.state.session = { status: 2, used: {} }
  expect((await sync()).closed).toMatchObject([{ id: row.id, status: 'closed' }])
  expect((await stored())?.sealedKey).toBeUndefined()
  expect(await sync()).toEqual({ closed: [], used: [], unknown: [] })
})
