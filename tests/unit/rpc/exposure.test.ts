import { expect, test } from 'vitest'
import type { Address } from 'viem'
import { localNetwork } from '@/lib/chains/localNetwork'
import { assetBalances } from '@/lib/rpc/commands/assetBalances'
import { takeSnapshot } from '@/lib/rpc/snapshot'
import { operations } from '@/lib/operation/row'
import { sessions } from '@/lib/session/sessions'
import { fakeChain } from '../operation/fakeChain'
import { operationRow } from '../operation/operationRow'
import { sessionRow } from '../operation/sessionRow'
import { connected, testRpc } from './testRpc'

const { chainId } = localNetwork
const id = (byte: string) => `0x${byte.repeat(32)}` as const

test('behavior: open sessions of an account count, whether or not this browser holds their keys; ended ones do not', async () => {
  const context = await testRpc()
  const whole = sessionRow()
  const { account, spec } = whole
  expect((await takeSnapshot(context)).exposure).toEqual([])
  await sessions.put(context.database, whole)
  const [one] = (await takeSnapshot(context)).exposure
  expect(one).toMatchObject({ account, sessions: 1, until: spec.expiresAt })
  const most = one?.assets.find(({ asset }) => asset === 'native')?.most ?? 0n
  expect(most).toBeGreaterThan(0n)
  for (const [byte, change] of [
    ['21', { status: 'closing' }],
    ['22', { status: 'paused' }],
    ['23', { status: 'closed' }],
    ['24', { status: 'failed' }],
    ['25', { spec: { ...spec, expiresAt: 1 } }],
    ['26', { account: `0x${'aa'.repeat(20)}` as Address }],
  ] as const)
    await sessions.put(context.database, { ...whole, ...change, id: id(byte) })
  const { exposure } = await takeSnapshot(context)
  expect(exposure).toHaveLength(2)
  expect(exposure.find((item) => item.account === account)).toMatchObject({ sessions: 3 })
  expect(
    exposure.find((item) => item.account === account)?.assets.find(({ asset }) => asset === 'native')?.most,
  ).toBe(3n * most)
})

test('behavior: what is under way is not gone yet; what is unknown counts as unused', async () => {
  const context = await testRpc()
  const row = sessionRow()
  await sessions.put(context.database, row)
  const exposureNow = async () => (await takeSnapshot(context)).exposure[0]?.assets
  const before = await exposureNow()
  await operations.put(
    context.database,
    operationRow({
      sessionId: row.id,
      account: row.account,
      status: 'sent',
      charges: [{ cell: 'fee', amount: 1n, period: 0 }],
    }),
  )
  expect(await exposureNow()).toEqual(before)
  await sessions.put(context.database, { ...row, usage: { fee: { used: 1n, period: 0 } } })
  expect(await exposureNow()).not.toEqual(before)
  await sessions.put(context.database, { ...row, usage: { fee: { used: 1n, period: 0 } }, unknownSince: 1 })
  expect(await exposureNow()).toEqual(before)
})

test('behavior: balances of assets; one that cannot be told now does not keep the others', async () => {
  const context = await testRpc()
  const chain = await fakeChain()
  try {
    await connected(context, chain)
    const account = `0x${'11'.repeat(20)}` as const
    const assets = [
      { chainId, asset: 'native' as const },
      { chainId: 7, asset: 'native' as const },
    ]
    expect(await assetBalances.run(context, { account, assets })).toEqual({
      balances: [
        { chainId, asset: 'native', balance: 10n ** 18n },
        { chainId: 7, asset: 'native', balance: null },
      ],
    })
  } finally {
    await chain.close()
  }
})
