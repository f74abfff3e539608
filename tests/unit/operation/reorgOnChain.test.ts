import { afterAll, beforeAll, expect, test } from 'vitest'
import { codecFor } from '@/lib/account/codecs/codec'
import { publicClient } from '@/lib/chains/publicClient'
import { authorize } from '@/lib/operation/authorize'
import { recover } from '@/lib/operation/recover'
import { operations, type OperationRow } from '@/lib/operation/row'
import { settle } from '@/lib/operation/settle'
import { submitOperation } from '@/lib/operation/submitOperation'
import { countedUsage } from '@/lib/operation/standing'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { sessionRow } from './sessionRow'
import {
  byPasskey,
  ether,
  fund,
  node,
  operationsInBlocks,
  origin,
  shopSpec,
  stackWallet,
  transfer,
  type StackWallet,
} from './stackWallet'

const codec = codecFor('latchkey')
const cell = '1.argument.1'
const share = ether / 10n
let wallet: StackWallet
let id: SessionRow['id']

beforeAll(async () => {
  wallet = await stackWallet()
  await fund(wallet)
  const spec = shopSpec(wallet)
  id = codec.sessionId(spec)
  const session = sessionRow({
    id,
    spec,
    account: wallet.account.id as SessionRow['account'],
    status: 'pending',
  })
  await byPasskey(wallet, [codec.createSession(wallet.network.deployment, spec)], 'create-session', session)
}, 120_000)
afterAll(() => wallet.stop(), 20_000)

async function session(): Promise<SessionRow> {
  const found = await sessions.get(wallet.context.database, id)
  if (found === undefined) throw new Error('no session')
  return found
}

async function pay(): Promise<OperationRow> {
  const { network, signHash: sign, context } = wallet
  const calls = [transfer(wallet, share)]
  const result = await authorize(context, { network, session: await session(), sign, calls, origin })
  if (!result.ok) throw new Error(result.reason)
  await submitOperation(context, result.row)
  return settle(context, result.row.id)
}

/** What the session module counts, in the newest block. */
async function chainUsage(): Promise<bigint> {
  const { spec, account } = await session()
  const call = codec.sessionStateCall(wallet.network.deployment, account, spec)
  const { data } = await publicClient(wallet.network).call(call)
  return codec.decodeSessionState(spec, data ?? '0x').usage[cell]?.used ?? 0n
}

/** Until the journal has nothing open any more. */
async function recoverAll(): Promise<void> {
  for (const row of await recover(wallet.context)) await settle(wallet.context, row.id)
}

async function expectJournalIsChain(): Promise<void> {
  const rows = await operations.getAll(wallet.context.database)
  const included = rows.filter(({ status }) => status === 'included' || status === 'final')
  expect(included.map(({ userOpHash }) => userOpHash).sort()).toEqual(await operationsInBlocks(wallet))
  const { usage } = await session()
  expect(usage[cell]?.used ?? 0n).toBe(await chainUsage())
  expect(await countedUsage(wallet.context.database, await session())).toEqual(usage)
}

for (const depth of [1, 8, 64])
  test(`behavior: a reorganisation of ${depth} blocks takes payments away; sent again, they count once`, async () => {
    const before = await chainUsage()
    await pay()
    await pay()
    if (depth > 2) await node(wallet.network, 'anvil_mine', [`0x${(depth - 2).toString(16)}`])
    await expectJournalIsChain()
    const counted = (await session()).usage[cell]?.used
    await node(wallet.network, 'anvil_reorg', [depth, []])
    expect(await chainUsage()).toBe(depth === 1 ? before + share : before)
    // A bundler that was started since knows nothing of what its predecessor took.
    if (depth === 64) await wallet.stack.restartBundler()
    const open = await recover(wallet.context)
    expect(open.map(({ status }) => status)).toEqual(Array(depth === 1 ? 1 : 2).fill('sent'))
    // Pending again: nothing of it is free for others meanwhile.
    expect((await countedUsage(wallet.context.database, await session()))?.[cell]?.used).toBe(counted)
    await recoverAll()
    await expectJournalIsChain()
    expect(await chainUsage()).toBe(before + 2n * share)
  }, 120_000)
