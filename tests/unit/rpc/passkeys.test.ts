import { afterEach, beforeEach, expect, test } from 'vitest'
import { decodeFunctionData } from 'viem'
import { accounts } from '@/lib/account/accounts'
import { changeAccount, withPasskey } from '@/lib/account/changeAccount'
import { ssoAccountAbi } from '@/lib/chains/abi/ssoAccount.gen'
import type { Ceremony, Commands } from '@/lib/messaging/popup'
import { fromWire, toWire, type Wire } from '@/lib/messaging/wire'
import { operations } from '@/lib/operation/row'
import { handleCommand } from '@/lib/rpc/commandRouter'
import { sessions } from '@/lib/session/sessions'
import { lockVaults, vaults } from '@/lib/session/vault'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import { softPasskey } from '../operation/softPasskey'
import { connected, failure, prf, settled, testRpc, withSession, type TestRpc } from './testRpc'

let chain: FakeChain
beforeEach(async () => {
  chain = await fakeChain()
  chain.state.latest = { number: 100n, timestamp: Math.floor(Date.now() / 1000) }
})
afterEach(() => chain.close())

async function run<name extends keyof Commands>(context: TestRpc, name: name, input: Commands[name][0]) {
  const answer = await handleCommand(context, { type: 'latchkey:command', name, input: toWire(input) })
  if (!answer.ok) throw Object.assign(new Error(answer.error.message), answer.error)
  return fromWire<Commands[name][1]>(answer.output as Wire)
}

/** An account that is deployed on the chain, with a second passkey that owns it or is still to be added. */
async function wallet(isOwner = true) {
  const context = await testRpc()
  const { account, owner } = await connected(context, chain)
  const { chainId } = chain.network
  const other = softPasskey()
  await changeAccount(context.database, account.id, (before) => ({
    ...before,
    deployedOn: [chainId],
    passkeys: isOwner
      ? [before.passkeys[0], { ...other.passkey, addedOn: [chainId], removedOn: [] }]
      : before.passkeys,
  }))
  const stored = async () => (await accounts.get(context.database, account.id))?.passkeys ?? []
  const start = async (id: string) => {
    await context.desk.settled(id)
    return run(context, 'approvalStart', { id })
  }
  const finish = (id: string, by: typeof owner, ceremony: Ceremony | null) =>
    run(context, 'approvalFinish', {
      id,
      assertion: {
        credentialId: by.passkey.credentialId,
        ...by.assert(ceremony?.challenge ?? '0x'),
        prf,
      },
    })
  return { context, account, owner, other, chainId, stored, start, finish }
}
const newPasskey = ({ passkey }: ReturnType<typeof softPasskey>) => {
  const { credentialId, x, y, origin, rpId, backupEligible } = passkey
  return { credentialId, x, y, origin, rpId, backupEligible, prf: true }
}

test('behavior: a new passkey is kept, and an approval by an owner adds it on the chain of the account', async () => {
  const { context, account, owner, other, stored, start, finish } = await wallet(false)
  const { approvalIds } = await run(context, 'addPasskey', {
    account: account.address,
    passkey: newPasskey(other),
  })
  expect(await stored()).toMatchObject([{}, { addedOn: [] }])
  const [id = ''] = approvalIds
  const ceremony = await start(id)
  expect(ceremony?.credentialIds).toEqual([owner.passkey.credentialId])
  await finish(id, owner, ceremony)
  const [row] = await operations.getAll(context.database)
  expect(row).toMatchObject({ purpose: 'add-passkey', credentialId: other.passkey.credentialId })
  const { to, data } = row?.calls[0] ?? {}
  expect(to).toBe(account.address)
  const call = decodeFunctionData({ abi: ssoAccountAbi, data: data ?? '0x' })
  const { x, y, credentialId, origin } = other.passkey
  expect(call).toEqual({ functionName: 'addPasskey', args: [x, y, credentialId, origin] })
})

test('error: a passkey that is in the wallet already, or of an account that is not', async () => {
  const { context, account, owner, other } = await wallet(false)
  const again = { account: account.address, passkey: newPasskey(owner) }
  expect(await failure(run(context, 'addPasskey', again))).toMatchObject({ code: -32602 })
  const nobody = '0x00000000000000000000000000000000000000ee'
  const foreign = { account: nobody, passkey: newPasskey(other) } as const
  expect(await failure(run(context, 'addPasskey', foreign))).toMatchObject({ code: -32602 })
})

test('error: the last passkey on a chain is never removed', async () => {
  const { context, account, owner, other } = await wallet(false)
  const input = { account: account.address, credentialId: owner.passkey.credentialId, keepSessions: false }
  expect((await failure(run(context, 'removePasskey', input))).message).toContain('only passkey on')
  // One that waits to be added is no owner.
  await run(context, 'addPasskey', { account: account.address, passkey: newPasskey(other) })
  expect((await failure(run(context, 'removePasskey', input))).message).toContain('only passkey on')
  expect(context.approvals.open().map(({ request }) => request.kind)).toEqual(['add-passkey'])
})

test('behavior: removing revokes what it could open in the same operation, drops wraps and keys; another passkey signs', async () => {
  const { context, account, owner, other, start, finish } = await wallet()
  const session = await withSession(context, account)
  const input = { account: account.address, credentialId: owner.passkey.credentialId, keepSessions: false }
  const { approvalIds } = await run(context, 'removePasskey', input)
  const [id = ''] = approvalIds
  expect(context.approvals.get(id)?.request).toMatchObject({ sessionIds: [session.id] })
  // Nothing happens before the owner signs.
  expect((await sessions.get(context.database, session.id))?.status).toBe('active')
  const ceremony = await start(id)
  expect(ceremony?.credentialIds).toEqual([other.passkey.credentialId])
  await finish(id, other, ceremony)
  expect(await sessions.get(context.database, session.id)).toMatchObject({ status: 'closing' })
  expect((await sessions.get(context.database, session.id))?.sealedKey).toBeUndefined()
  expect(await vaults.getAll(context.database)).toEqual([])
  expect([...context.memory.content.keys()].filter((key) => key.startsWith('vault:'))).toEqual([])
  const [row] = await operations.getAll(context.database)
  expect(row).toMatchObject({ purpose: 'remove-passkey', sessionIds: [session.id] })
  expect(row?.calls).toHaveLength(2)
})

test('behavior: sessions can be kept; the other passkey, used while the vault is open, still opens them', async () => {
  const { context, account, owner, other, start, finish } = await wallet()
  const session = await withSession(context, account)
  const input = { account: account.address, credentialId: owner.passkey.credentialId, keepSessions: true }
  const [id = ''] = (await run(context, 'removePasskey', input)).approvalIds
  await finish(id, other, await start(id))
  expect(await sessions.get(context.database, session.id)).toMatchObject({ status: 'active' })
  const [vault] = await vaults.getAll(context.database)
  expect(vault).toMatchObject({ retired: true, wraps: [{ credentialId: other.passkey.credentialId }] })
})

test('behavior: one that no chain knows is forgotten at once', async () => {
  const { context, account, other, stored } = await wallet(false)
  await run(context, 'addPasskey', { account: account.address, passkey: newPasskey(other) })
  const { credentialId } = other.passkey
  const input = { account: account.address, credentialId, keepSessions: false }
  expect(await run(context, 'removePasskey', input)).toEqual({ approvalIds: [] })
  expect(await stored()).toHaveLength(1)
})

test('behavior: an unlock asks for the passkeys that open something', async () => {
  const { context, account, owner } = await wallet()
  await withSession(context, account)
  await lockVaults(context, { ephemeral: false })
  const { approvalId } = await run(context, 'unlock', { account: account.address })
  const ceremony = await run(context, 'approvalStart', { id: approvalId })
  expect(ceremony?.credentialIds).toEqual([owner.passkey.credentialId])
})

test('behavior: a session that the record says is ephemeral lasts 24 hours at most', async () => {
  const { context, account } = await wallet(false)
  await changeAccount(context.database, account.id, (before) =>
    withPasskey(before, before.passkeys[0].credentialId, (passkey) => ({ ...passkey, prf: false })),
  )
  const { requestedSession } = await import('@/lib/rpc/requestedSession')
  const preferences = {
    expiresAt: '7 days',
    transfers: [{ to: '0x00000000000000000000000000000000000000d1', maxValuePerUse: '0x1' }],
  }
  const requested = await requestedSession(context, {
    network: chain.network,
    preferences,
    sponsor: undefined,
    account: account.address,
  })
  expect(requested.ephemeral).toBe(true)
  expect(requested.spec.expiresAt - Math.floor(Date.now() / 1000)).toBeLessThanOrEqual(86_401)
  await settled()
})
