import { afterAll, beforeAll, expect, test } from 'vitest'
import { numberToHex } from 'viem'
import { addNetwork } from '@/lib/chains/networks'
import { connections } from '@/lib/connection/connections'
import { connectSite, type ConnectRequest } from '@/lib/rpc/connectSite'
import { endApproval } from '@/lib/rpc/endApproval'
import { handleCommand } from '@/lib/rpc/commandRouter'
import { sessions } from '@/lib/session/sessions'
import { sessionRow } from '../operation/sessionRow'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import { callerOf, failure, looseKeys, origin, settled, shop, testRpc, waiting, withAccount } from './testRpc'

let chain: FakeChain
beforeAll(async () => {
  chain = await fakeChain()
  chain.state.latest = { number: 100n, timestamp: Math.floor(Date.now() / 1000) }
})
afterAll(() => chain.close())

const preferences = {
  expiresAt: '1 day',
  transfers: [{ to: shop, maxValuePerUse: '0xa', valueLimit: '0xa' }],
}

async function site() {
  const context = await testRpc()
  await addNetwork(context.database, chain.network)
  const { account } = await withAccount(context)
  const connect = (change: Partial<ConnectRequest> = {}) =>
    connectSite(context, { caller: callerOf(), metadata: {}, ...change })
  return { context, account, connect }
}

test('behavior: two requests join in one approval, and both get its end', async () => {
  const { context, account, connect } = await site()
  const both = Promise.all([connect(), connect()])
  await waiting(context, 2)
  const [approval, ...others] = context.approvals.open()
  expect(others).toEqual([])
  const id = approval?.id ?? ''
  expect(
    await handleCommand(context, { type: 'latchkey:command', name: 'approvalStart', input: { id } }),
  ).toEqual({ ok: true, output: null })
  expect((await both).map((connection) => connection.account)).toEqual([account.address, account.address])
  expect(context.emitted.map(([to, event]) => [to, event])).toEqual([
    [origin, 'connect'],
    [origin, 'accountsChanged'],
  ])
})

test('behavior: joined session requests keep one key, that of the approval', async () => {
  const { context, connect } = await site()
  const both = [failure(connect({ preferences })), failure(connect({ preferences }))]
  await waiting(context, 2)
  const [approval, ...others] = context.approvals.open()
  expect(others).toEqual([])
  const signer = approval?.request.kind === 'session' ? approval.request.spec.signer : ''
  expect(looseKeys(context)).toEqual([`session-key:${signer.toLowerCase()}`])
  await endApproval(context, approval?.id ?? '', { kind: 'rejected' })
  for (const error of await Promise.all(both)) expect(error).toMatchObject({ code: 4001 })
  expect(looseKeys(context)).toEqual([])
  expect(await connections.getAll(context.database)).toEqual([])
})

test('error: a full queue leaves no key behind', async () => {
  const { context, connect } = await site()
  for (let index = 0; index < 8; index++)
    void failure(connect({ preferences: { ...preferences, feeLimit: numberToHex(index + 1) } }))
  await waiting(context, 8)
  expect(context.approvals.open()).toHaveLength(8)
  expect(await failure(connect({ preferences }))).toMatchObject({ code: -32002 })
  expect(looseKeys(context)).toHaveLength(8)
})

test('behavior: the same terms on another chain are another question', async () => {
  const { context, connect } = await site()
  await addNetwork(context.database, { ...chain.network, chainId: 7 })
  void failure(connect({ preferences, chainId: 31_337 }))
  void failure(connect({ preferences, chainId: 7 }))
  await waiting(context, 2)
  expect(new Set(context.approvals.open().map((approval) => approval.chainId))).toEqual(new Set([7, 31_337]))
})

test.each([
  [{ ...preferences, expiresAt: '0 hours' }, 'expiresAt'],
  [{ ...preferences, expiresAt: 1_000 }, 'expiresAt'],
  [{ ...preferences, expiresAt: 'tomorrow-ish' }, 'expiresAt'],
  [{ ...preferences, colour: 'red' }, 'colour'],
  ['everything', 'session'],
  [
    {
      contractCalls: [
        {
          address: shop,
          abi: [{ type: 'function', name: 'say', inputs: [{ name: 'words', type: 'string' }], outputs: [] }],
          functionName: 'say',
          constraints: [{ index: 0, value: 'hi', condition: 'Equal' }],
        },
      ],
    },
    'constraints[0]',
  ],
])(
  'error: preferences that cannot be granted name their field and leave nothing (%#)',
  async (asked, field) => {
    const { context, connect } = await site()
    const error = await failure(connect({ preferences: asked }))
    expect(error.code).toBe(-32602)
    expect(error.message).toContain(field)
    expect(context.approvals.open()).toEqual([])
    expect(looseKeys(context)).toEqual([])
  },
)

test('error: an unknown chain is 4902', async () => {
  const { context, connect } = await site()
  expect(await failure(connect({ chainId: 5 }))).toMatchObject({ code: 4902 })
  expect(context.approvals.open()).toEqual([])
})

test('behavior: a request asked again after a restart of the worker waits on its approval, and asks once', async () => {
  const { context, connect } = await site()
  const caller = callerOf()
  void failure(connect({ caller, preferences }))
  await waiting(context, 1)
  const later = await testRpc(context.database.name, context.memory)
  const [approval] = later.approvals.open()
  const again = failure(connectSite(later, { caller, metadata: {}, preferences }))
  await settled()
  expect(later.approvals.open().map(({ id }) => id)).toEqual([approval?.id])
  expect(looseKeys(later)).toHaveLength(1)
  await endApproval(later, approval?.id ?? '', { kind: 'rejected' })
  expect(await again).toMatchObject({ code: 4001 })
  expect(await failure(connectSite(later, { caller, metadata: {}, preferences }))).toMatchObject({
    code: 4001,
  })
})

test('behavior: a session of the same terms answers at once, unless its key went with the browser', async () => {
  const { context, connect, account } = await site()
  void connect({ preferences }).catch(() => undefined)
  await waiting(context, 1)
  const [asked] = context.approvals.open()
  const spec = asked?.request.kind === 'session' ? asked.request.spec : sessionRow().spec
  await endApproval(context, asked?.id ?? '', { kind: 'rejected' })
  const row = sessionRow({ account: account.id as `0x${string}`, spec, ephemeral: true })
  await sessions.put(context.database, row)
  await connections.put(context.database, {
    origin,
    account: account.address,
    chainId: 31_337,
    metadata: {},
    connectedAt: 1,
  })
  void failure(connect({ preferences }))
  await waiting(context, 1)
  expect(context.approvals.open()).toHaveLength(1)
  context.memory.content.set(`session-key:${row.id}`, '0x12')
  expect(await connect({ preferences })).toMatchObject({ account: account.address })
})
