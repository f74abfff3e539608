import { afterAll, beforeAll, expect, test } from 'vitest'
import { codecFor } from '@/lib/account/codecs/codec'
import { status } from '@/lib/bundler/status'
import { authorize } from '@/lib/operation/authorize'
import { recover } from '@/lib/operation/recover'
import { operations } from '@/lib/operation/row'
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
  origin,
  shop,
  shopSpec,
  stackWallet,
  tokensOf,
  transfer,
  type StackWallet,
} from './stackWallet'

const codec = codecFor('latchkey')
let wallet: StackWallet

beforeAll(async () => {
  wallet = await stackWallet()
  await fund(wallet)
}, 120_000)
afterAll(() => wallet.stop(), 20_000)

test('behavior: a bundler that was killed after it accepted, and says "not found", frees nothing', async () => {
  const { context, network, signHash: sign, stack } = wallet
  const { database } = context
  const spec = shopSpec(wallet)
  const id = codec.sessionId(spec)
  const account = wallet.account.id as SessionRow['account']
  const session = sessionRow({ id, spec, account })
  await byPasskey(wallet, [codec.createSession(network.deployment, spec)], 'create-session', session)
  // Blocks come when the test wants them: the accepted operation waits in the chain's pool.
  await node(network, 'evm_setAutomine', [false])
  const calls = [transfer(wallet, 2n * ether)]
  const result = await authorize(context, { network, session, sign, calls, origin })
  if (!result.ok) throw new Error(result.reason)
  const { row } = await submitOperation(context, result.row)
  expect(row.status).toBe('sent')
  await expect.poll(async () => (await status(network, row.userOpHash))?.status).toBe('submitted')
  await stack.restartBundler()
  expect((await status(network, row.userOpHash))?.status).toBe('not_found')
  await recover(context)
  expect((await operations.get(database, row.id))?.status).toBe('sent')
  expect((await countedUsage(database, session))?.['1.argument.1']?.used).toBe(2n * ether)
  await node(network, 'evm_setAutomine', [true])
  await node(network, 'evm_mine', [])
  expect(await settle(context, row.id)).toMatchObject({ status: 'included' })
  expect(await tokensOf(wallet, shop)).toBe(2n * ether)
  expect((await sessions.get(database, id))?.usage['1.argument.1']?.used).toBe(2n * ether)
}, 60_000)
