import { expect, test } from 'vitest'
import {
  decodeFunctionData,
  encodeAbiParameters,
  encodeEventTopics,
  encodeFunctionData,
  erc20Abi,
  numberToHex,
  parseAbi,
  type Address,
  type Hex,
} from 'viem'
import { localNetwork } from '@/lib/chains/localNetwork'
import { addNetwork } from '@/lib/chains/networks'
import { codecFor } from '@/lib/account/codecs/codec'
import type { CleanUp } from '@/lib/messaging/cleanUpView'
import { operations } from '@/lib/operation/row'
import { permit2 } from '@/lib/policy/approvalMade'
import { callsOf } from '@/lib/rpc/callsOf'
import { revoke } from '@/lib/rpc/commands/revoke'
import { sessions } from '@/lib/session/sessions'
import { fakeServer, RpcFailure } from '../bundler/fakeServer'
import { operationRow } from '../operation/operationRow'
import { withAccount, withSession, testRpc, type TestRpc } from './testRpc'

const token: Address = '0x2222222222222222222222222222222222222222'
const stubborn: Address = '0x2323232323232323232323232323232323232323'
const shop: Address = '0x1111111111111111111111111111111111111111'
const router: Address = '0x3333333333333333333333333333333333333333'
const own: Hex = `0x${'a1'.repeat(32)}`
const others: Hex = `0x${'b2'.repeat(32)}`
const elsewhere: Hex = `0x${'c3'.repeat(32)}`
const abi = parseAbi(['function isApprovedForAll(address, address) view returns (bool)'])
const permit2Abi = parseAbi([
  'function allowance(address owner, address token, address spender) view returns (uint160 amount, uint48 expiration, uint48 nonce)',
])

/** A node with logs, and allowances by `token spender` in lower case. */
async function nodeWith({
  logs = [] as unknown[],
  latest = 100n,
  allowances = {} as Record<string, bigint>,
}) {
  const asked: { from: bigint; to: bigint }[] = []
  const server = await fakeServer({
    eth_blockNumber: () => numberToHex(latest),
    eth_getLogs: ([filter]) => {
      const { fromBlock, toBlock } = filter as { fromBlock: Hex; toBlock: Hex }
      asked.push({ from: BigInt(fromBlock), to: BigInt(toBlock) })
      if (latest === 13n) throw new RpcFailure(-32005, 'range too large')
      return asked.length === 1 ? logs : []
    },
    eth_call: ([call]) => {
      const { to, data } = call as { to: Address; data: Hex }
      if (data.startsWith('0x095ea7b3') && to === stubborn) throw new RpcFailure(3, 'execution reverted')
      if (data.startsWith('0xdd62ed3e')) {
        const { args } = decodeFunctionData({ abi: erc20Abi, data })
        return word(allowances[`${to} ${String(args?.[1]).toLowerCase()}`] ?? 0n)
      }
      if (to === permit2 && data.startsWith('0x927da105')) {
        const { args } = decodeFunctionData({ abi: permit2Abi, data })
        const amount = allowances[`${permit2} ${args[1].toLowerCase()} ${args[2].toLowerCase()}`] ?? 0n
        return encodeAbiParameters(
          [{ type: 'uint160' }, { type: 'uint48' }, { type: 'uint48' }],
          [amount, 4_000_000_000, 0],
        )
      }
      if (data.startsWith('0xe985e9c5')) {
        const { args } = decodeFunctionData({ abi, data })
        return word(allowances[`${to} all ${args[1].toLowerCase()}`] ?? 0n)
      }
      return '0x'
    },
  })
  return { server, asked }
}

const word = (value: bigint) => numberToHex(value, { size: 32 })

function log(owner: Address, spender: Address, transactionHash: Hex, address = token) {
  const topics = encodeEventTopics({ abi: erc20Abi, eventName: 'Approval', args: { owner, spender } })
  const place = {
    blockNumber: '0x10',
    blockHash: own,
    logIndex: '0x0',
    transactionIndex: '0x0',
    removed: false,
  }
  return { address, topics, data: word(9n), transactionHash, ...place }
}

const approve = (spender: Address, to = token) => ({
  to,
  value: 0n,
  data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, 9n] }),
})

/** A session of an account on a chain, with what it and others did. */
async function bed(context: TestRpc, rpcUrl: string) {
  await addNetwork(context.database, { ...localNetwork, rpcUrl, builtIn: false })
  const { account } = await withAccount(context)
  const id = account.id as Address
  const session = { ...(await withSession(context, account)), operationId: 'creation' }
  await sessions.put(context.database, session)
  const put = (name: string, change: Parameters<typeof operationRow>[0]) =>
    operations.put(
      context.database,
      operationRow({ id: name, account: id, status: 'final', sessionId: null, ...change }),
    )
  await put('creation', { purpose: 'create-session', fromBlock: 7n, calls: [] })
  return { session, account: id, put }
}

async function cleanUpOf(context: TestRpc, sessionId: Hex) {
  const { approvalIds } = (await revoke.run(context, { sessionIds: [sessionId], cleanUp: true })) as {
    approvalIds: string[]
  }
  const approval = context.approvals.get(approvalIds[0] ?? '')
  if (approval?.request.kind !== 'revoke') throw new Error('It asks for something else.')
  return { approval, request: approval.request, cleanUp: approval.request.cleanUp as CleanUp }
}

test('behavior: what the session approved and still stands is taken back in the operation that closes it', async () => {
  const allowances = {
    [`${token} ${shop}`]: 4n,
    [`${token} all ${router}`]: 1n,
    [`${permit2} ${token} ${router}`]: 6n,
  }
  const { server } = await nodeWith({ allowances })
  const context = await testRpc()
  const { session, put } = await bed(context, server.url)
  const all = encodeFunctionData({
    abi: parseAbi(['function setApprovalForAll(address, bool)']),
    args: [router, true],
  })
  const through = encodeFunctionData({
    abi: parseAbi(['function approve(address, address, uint160, uint48)']),
    args: [token, router, 9n, 4_000_000_000],
  })
  await put('made', {
    sessionId: session.id,
    transactionHash: own,
    calls: [
      approve(shop),
      approve(router),
      { to: token, value: 0n, data: all },
      { to: permit2, value: 0n, data: through },
    ],
  })
  await put('undone', { sessionId: session.id, status: 'failed', calls: [approve(stubborn)] })
  const { request, cleanUp } = await cleanUpOf(context, session.id)
  expect(cleanUp).toEqual({
    approvals: [
      { kind: 'token', token, spender: shop, amount: 4n },
      { kind: 'collection', token, spender: router, amount: 1n },
      { kind: 'permit2', token, spender: router, amount: 6n },
    ],
    kept: [],
    unread: null,
  })
  const { deployment } = localNetwork
  const calls = await callsOf(context, { request, account: session.account }, localNetwork)
  expect(calls?.[0]).toEqual(codecFor('latchkey').revokeSessions(deployment, [session.id]))
  expect(calls?.slice(1).map(({ to }) => to)).toEqual([token, token, permit2])
  expect(calls?.[1]?.data).toBe(
    encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [shop, 0n] }),
  )
  expect((await sessions.get(context.database, session.id))?.status).toBe('closing')
  await server.close()
})

test('behavior: logs tell what a copied key approved; what others of this wallet approved is left alone', async () => {
  const context = await testRpc()
  const logs: unknown[] = []
  const allowances = {
    [`${token} ${shop}`]: 1n,
    [`${token} ${router}`]: 2n,
    [`${stubborn} ${router}`]: 3n,
  }
  const { server, asked } = await nodeWith({ logs, latest: 4_500n, allowances })
  const { session, account, put } = await bed(context, server.url)
  logs.push(
    log(account, shop, elsewhere),
    log(account, router, others),
    log(account, router, elsewhere, stubborn),
    // An ERC-721's approval of one collectible has a fourth topic.
    { ...log(account, shop, elsewhere, router), topics: [...log(account, shop, own).topics, word(1n)] },
  )
  await put('passkey', { transactionHash: others, calls: [approve(router)] })
  const { cleanUp } = await cleanUpOf(context, session.id)
  expect(cleanUp).toEqual({
    approvals: [{ kind: 'token', token, spender: shop, amount: 1n }],
    kept: [{ kind: 'token', token: stubborn, spender: router, amount: 3n }],
    unread: null,
  })
  // In bounded ranges, from the block before the session was made.
  expect(asked).toEqual([
    { from: 2_501n, to: 4_500n },
    { from: 501n, to: 2_500n },
    { from: 7n, to: 500n },
  ])
  await server.close()
})

test('behavior: what the logs do not tell is said, and what the journal knows is taken back', async () => {
  const { server } = await nodeWith({ latest: 13n, allowances: { [`${token} ${shop}`]: 4n } })
  const context = await testRpc()
  const { session, put } = await bed(context, server.url)
  await put('made', { sessionId: session.id, calls: [approve(shop)] })
  const { cleanUp } = await cleanUpOf(context, session.id)
  expect(cleanUp.approvals).toHaveLength(1)
  expect(cleanUp.unread).toContain('does not tell what was approved')
  await server.close()
})

test('behavior: a session older than the blocks that are looked through is said to be', async () => {
  const { server, asked } = await nodeWith({ latest: 1_000_000n })
  const context = await testRpc()
  const { session } = await bed(context, server.url)
  expect((await cleanUpOf(context, session.id)).cleanUp.unread).toContain('older than the blocks')
  expect(asked).toHaveLength(50)
  expect(asked.at(-1)?.from).toBe(900_001n)
  await server.close()
})

test('behavior: without a node the session stops here all the same, and nothing is said to be clean', async () => {
  const context = await testRpc()
  const { session } = await bed(context, 'http://127.0.0.1:9')
  const { cleanUp } = await cleanUpOf(context, session.id)
  expect(cleanUp.approvals).toEqual([])
  expect(cleanUp.unread).not.toBeNull()
  expect((await sessions.get(context.database, session.id))?.sealedKey).toBeUndefined()
})

test('behavior: of a plain revocation and one that cleans up the last asked for stays; nothing to clean is a plain one', async () => {
  const { server } = await nodeWith({})
  const context = await testRpc()
  const { session } = await bed(context, server.url)
  await revoke.run(context, { sessionIds: [session.id] })
  const { approval, request, cleanUp } = await cleanUpOf(context, session.id)
  expect(context.approvals.open().map(({ id }) => id)).toEqual([approval.id])
  expect(cleanUp).toEqual({ approvals: [], kept: [], unread: null })
  expect(await callsOf(context, { request, account: session.account }, localNetwork)).toHaveLength(1)
  const { approvalIds } = (await revoke.run(context, { sessionIds: [session.id] })) as {
    approvalIds: string[]
  }
  expect(context.approvals.open().map(({ id }) => id)).toEqual(approvalIds)
  await server.close()
})
