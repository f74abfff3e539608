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
const unknown = { refusal: { rule: 'SessionNotActive', status: 'unknown' } }
let wallet: StackWallet
let id: SessionRow['id']

beforeAll(async () => {
  wallet = await stackWallet()
  await fund(wallet)
  const spec = shopSpec(wallet)
  id = codec.sessionId(spec)
  const account = wallet.account.id as SessionRow['account']
  const session = sessionRow({ id, spec, account, status: 'pending' })
  const calls = [codec.createSession(wallet.network.deployment, spec)]
  await byPasskey(wallet, calls, 'create-session', session)
}, 120_000)
afterAll(() => wallet.stop(), 20_000)

async function session(): Promise<SessionRow> {
  const found = await sessions.get(wallet.context.database, id)
  if (found === undefined) throw new Error('no session')
  return found
}

async function sign() {
  const { network, signHash, context } = wallet
  const calls = [transfer(wallet, ether)]
  return authorize(context, { network, session: await session(), sign: signHash, calls, origin })
}

async function sent(): Promise<OperationRow> {
  const result = await sign()
  if (!result.ok) throw new Error(result.reason)
  return (await submitOperation(wallet.context, result.row)).row
}

async function pass(seconds: number, blocks: number): Promise<void> {
  await node(wallet.network, 'evm_increaseTime', [seconds])
  await node(wallet.network, 'anvil_mine', [`0x${blocks.toString(16)}`])
}

/** What the session module counts of the argument, in the newest block. */
async function chainUsage(): Promise<bigint | undefined> {
  const { spec, account } = await session()
  const call = codec.sessionStateCall(wallet.network.deployment, account, spec)
  const { data } = await publicClient(wallet.network).call(call)
  return codec.decodeSessionState(spec, data ?? '0x').usage[cell]?.used
}

/** Until a block holds it: the next block alone may have been too early for the bundler. */
async function included({ userOpHash }: OperationRow): Promise<void> {
  await expect.poll(() => operationsInBlocks(wallet), { timeout: 10_000 }).toContain(userOpHash)
}

const losses: [string, (row: OperationRow) => Promise<void>][] = [
  ['a row that is gone', ({ id: key }) => operations.delete(wallet.context.database, key)],
  [
    'a row without its charges',
    (row) => operations.put(wallet.context.database, { ...row, charges: undefined } as never),
  ],
  [
    'a row without its status',
    (row) => operations.put(wallet.context.database, { ...row, status: undefined } as never),
  ],
]

for (const [name, lose] of losses)
  test(`behavior: ${name}: nothing is signed until a final block tells what was used`, async () => {
    const row = await sent()
    await included(row)
    await lose(row)
    expect(await sign()).toMatchObject(unknown)
    await recover(wallet.context)
    expect((await session()).unknownSince).toBeGreaterThan(0)
    // Long after all that may have been signed is dead, and no final block shows that.
    await pass(700, 1)
    await recover(wallet.context)
    expect(await sign()).toMatchObject(unknown)
    await pass(1, 66)
    await recover(wallet.context)
    const rebuilt = await session()
    expect(rebuilt).toMatchObject({ status: 'active', unknownSince: undefined })
    expect(rebuilt.usage[cell]?.used).toBeGreaterThanOrEqual(ether)
    expect(rebuilt.usage[cell]?.used).toBe(await chainUsage())
    expect(await countedUsage(wallet.context.database, rebuilt)).toEqual(rebuilt.usage)
    const next = await sent()
    expect((await settle(wallet.context, next.id)).status).toBe('included')
    expect((await session()).usage[cell]?.used).toBe(await chainUsage())
  }, 60_000)

test('behavior: a session row without its usage is read from the chain; one that was closed there is closed', async () => {
  const { database } = wallet.context
  await sessions.put(database, { ...(await session()), usage: { fee: {} } } as never)
  expect(await sign()).toMatchObject(unknown)
  await recover(wallet.context)
  const calls = [codec.revokeSessions(wallet.network.deployment, [id])]
  await byPasskey(wallet, calls)
  await pass(700, 1)
  await pass(1, 66)
  await recover(wallet.context)
  expect(await session()).toMatchObject({ status: 'closed', unknownSince: undefined })
}, 60_000)
