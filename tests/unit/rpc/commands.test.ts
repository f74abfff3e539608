import { expect, test } from 'vitest'
import type { Hex } from 'viem'
import { accounts } from '@/lib/account/accounts'
import { connections } from '@/lib/connection/connections'
import { fromWire, toWire, type Wire } from '@/lib/messaging/wire'
import type { Commands } from '@/lib/messaging/popup'
import { failedAnswer, handleCommand, isCommand } from '@/lib/rpc/commandRouter'
import { createApprovalDesk } from '@/lib/rpc/desk'
import { keepFrozen, takeFrozen } from '@/lib/rpc/frozenOperations'
import { handleRequest } from '@/lib/rpc/router'
import { sessions } from '@/lib/session/sessions'
import { sessionRow } from '../operation/sessionRow'
import { softPasskey } from '../operation/softPasskey'
import {
  callerOf,
  connected,
  failure,
  settled,
  testRpc,
  withAccount,
  withSession,
  type TestRpc,
} from './testRpc'

async function run<name extends keyof Commands>(context: TestRpc, name: name, input: Commands[name][0]) {
  const answer = await handleCommand(context, { type: 'latchkey:command', name, input: toWire(input) })
  if (!answer.ok) throw Object.assign(new Error(answer.error.message), answer.error)
  return fromWire<Commands[name][1]>(answer.output as Wire)
}

const newPasskey = () => ({ ...softPasskey().passkey, prf: true })

test('error: what is no command, and a command that does not exist', async () => {
  for (const message of [null, 'x', {}, { type: 'other' }]) expect(isCommand(message)).toBe(false)
  const context = await testRpc()
  const unknown = { type: 'latchkey:command', name: 'exportKeys', input: null }
  expect(isCommand(unknown) && (await handleCommand(context, unknown))).toMatchObject({ ok: false })
  expect(failedAnswer(new Error('x'))).toMatchObject({ ok: false, error: { code: -32603 } })
})

test('behavior: a new account has its address at once; the same passkey makes no second one', async () => {
  const context = await testRpc()
  const passkey = newPasskey()
  const made = await run(context, 'createAccount', { passkey })
  expect(made).toMatchObject({ name: 'Account', deployedOn: [], locked: false })
  expect(await failure(run(context, 'createAccount', { passkey }))).toMatchObject({ code: -32602 })
  expect(await accounts.getAll(context.database)).toHaveLength(1)
})

test('behavior: a connect that waits for an account goes on with the new one', async () => {
  const context = await testRpc()
  const connecting = handleRequest(context, callerOf(), 'eth_requestAccounts', [])
  await settled()
  const [approval] = context.approvals.open()
  const id = approval?.id ?? ''
  expect(context.desk.state(id)?.phase).toEqual({ phase: 'no-account' })
  await expect(run(context, 'approvalStart', { id })).rejects.toThrow('not ready')
  const { address } = await run(context, 'createAccount', { passkey: newPasskey() })
  await settled()
  expect(await run(context, 'approvalStart', { id })).toBeNull()
  expect(await connecting).toEqual([address])
})

test('behavior: revoking deletes the local keys before anything is asked', async () => {
  const context = await testRpc()
  const { account } = await withAccount(context)
  const { id } = await withSession(context, account)
  const { approvalIds } = await run(context, 'revoke', { sessionIds: [id] })
  const row = await sessions.get(context.database, id)
  expect(row).toMatchObject({ status: 'closing' })
  expect(row?.sealedKey).toBeUndefined()
  expect(context.approvals.get(approvalIds[0] ?? '')).toMatchObject({
    origin: null,
    request: { kind: 'revoke' },
  })
})

test('behavior: an ephemeral session whose key went with the browser can be revoked', async () => {
  const context = await testRpc()
  const { account } = await withAccount(context)
  const row = sessionRow({ account: account.id as Hex, ephemeral: true })
  await sessions.put(context.database, row)
  await run(context, 'revoke', { sessionIds: [row.id] })
  expect(await sessions.get(context.database, row.id)).toMatchObject({ status: 'closing' })
})

test('behavior: sessions of several accounts and chains: every key goes first, then each place is asked for', async () => {
  const context = await testRpc()
  const { account } = await withAccount(context)
  const one = await withSession(context, account)
  const more = [
    sessionRow({ id: `0x${'21'.repeat(32)}`, account: one.account }),
    sessionRow({ id: `0x${'22'.repeat(32)}` }),
    sessionRow({ id: `0x${'23'.repeat(32)}`, chainId: 7 }),
    sessionRow({ id: `0x${'24'.repeat(32)}`, status: 'failed', chainId: 8 }),
  ]
  for (const row of more) await sessions.put(context.database, row)
  const { approvalIds } = await run(context, 'revoke', { sessionIds: [one.id, ...more.map(({ id }) => id)] })
  const asked = approvalIds.map((id) => context.approvals.get(id))
  expect(asked.map((approval) => [approval?.account, approval?.chainId, approval?.request])).toEqual([
    [one.account, 31_337, { kind: 'revoke', sessionIds: [one.id, more[0]?.id] }],
    [more[1]?.account, 31_337, { kind: 'revoke', sessionIds: [more[1]?.id] }],
    [more[2]?.account, 7, { kind: 'revoke', sessionIds: [more[2]?.id] }],
  ])
  const rows = await sessions.getAll(context.database)
  expect(rows.map(({ status, sealedKey }) => [status, sealedKey]).sort()).toEqual([
    ...Array<unknown>(4).fill(['closing', undefined]),
    ['failed', undefined],
  ])
})

test('error: unknown sessions are not revoked, and those named with them keep their keys', async () => {
  const context = await testRpc()
  const { account } = await withAccount(context)
  const one = await withSession(context, account)
  for (const sessionIds of [[one.id, `0x${'99'.repeat(32)}` as const], []])
    expect(await failure(run(context, 'revoke', { sessionIds }))).toMatchObject({ code: -32602 })
  expect((await sessions.get(context.database, one.id))?.sealedKey).toBeDefined()
  expect(context.approvals.open()).toEqual([])
})

test('behavior: pausing is for active sessions, and wakes no dead ones', async () => {
  const context = await testRpc()
  const statusAfter = async (
    status: 'active' | 'paused' | 'closing' | 'closed' | 'pending',
    paused: boolean,
  ) => {
    const row = sessionRow({ status })
    await sessions.put(context.database, row)
    await run(context, 'setPaused', { sessionId: row.id, paused })
    return (await sessions.get(context.database, row.id))?.status
  }
  expect(await statusAfter('active', true)).toBe('paused')
  expect(await statusAfter('paused', false)).toBe('active')
  expect(await statusAfter('closing', false)).toBe('closing')
  expect(await statusAfter('closed', false)).toBe('closed')
  expect(await statusAfter('pending', true)).toBe('pending')
})

test('behavior: disconnecting in the popup tells the site', async () => {
  const context = await testRpc()
  const { connection } = await connected(context)
  await run(context, 'disconnect', { origin: connection.origin })
  expect(await connections.getAll(context.database)).toEqual([])
  expect(context.emitted).toEqual([[connection.origin, 'accountsChanged', []]])
})

test('behavior: a switch does not bring back a site that was disconnected meanwhile', async () => {
  const context = await testRpc()
  const { connection } = await connected(context)
  const { addNetwork } = await import('@/lib/chains/networks')
  const { localNetwork } = await import('@/lib/chains/localNetwork')
  await addNetwork(context.database, { ...localNetwork, chainId: 7, builtIn: false })
  const switching = handleRequest(context, callerOf(), 'wallet_switchEthereumChain', [{ chainId: '0x7' }])
  const end = failure(switching)
  await settled()
  await run(context, 'disconnect', { origin: connection.origin })
  expect(await end).toMatchObject({ code: 4001 })
  expect(await connections.getAll(context.database)).toEqual([])
})

test('behavior: a switch that was approved before the worker stopped is not asked again', async () => {
  const context = await testRpc()
  await connected(context)
  const { addNetwork } = await import('@/lib/chains/networks')
  const { localNetwork } = await import('@/lib/chains/localNetwork')
  await addNetwork(context.database, { ...localNetwork, chainId: 7, builtIn: false })
  const caller = callerOf()
  void handleRequest(context, caller, 'wallet_switchEthereumChain', [{ chainId: '0x7' }])
  await settled()
  const later = await testRpc(context.database.name, context.memory)
  await later.approvals.end(later.approvals.open()[0]?.id ?? '', { kind: 'approved', operationId: null })
  const last = await testRpc(context.database.name, context.memory)
  expect(await handleRequest(last, caller, 'wallet_switchEthereumChain', [{ chainId: '0x7' }])).toBeNull()
  expect(last.approvals.open()).toEqual([])
  expect(last.shown).toEqual([])
  expect(await connections.getAll(last.database)).toMatchObject([{ chainId: 7 }])
})

test('behavior: what the authenticator was asked is taken once', async () => {
  const context = await testRpc()
  const frozen = { challenge: '0x12', operationId: 'one' } as const
  await keepFrozen(context, 'a', frozen)
  expect(await takeFrozen(context, 'b')).toBeNull()
  expect(await takeFrozen(context, 'a')).toEqual(frozen)
  expect(await takeFrozen(context, 'a')).toBeNull()
})

test('behavior: the desk waits while something is prepared, and lets go when it is removed', async () => {
  const desk = createApprovalDesk(() => undefined)
  expect(await desk.settled('a')).toBeUndefined()
  desk.put('a', { phase: { phase: 'preparing' } })
  const both = Promise.all([desk.settled('a'), desk.settled('a')])
  desk.put('a', { phase: { phase: 'ready', fee: null } })
  expect((await both).map((entry) => entry?.phase.phase)).toEqual(['ready', 'ready'])
  desk.put('a', { phase: { phase: 'preparing' } })
  const gone = desk.settled('a')
  desk.remove('a')
  expect(await gone).toBeUndefined()
})
