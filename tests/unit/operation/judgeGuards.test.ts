import fc from 'fast-check'
import { generatePrivateKey, privateKeyToAddress, sign } from 'viem/accounts'
import { expect, test } from 'vitest'
import { addNetwork } from '@/lib/chains/networks'
import { authorize } from '@/lib/operation/authorize'
import { operations } from '@/lib/operation/row'
import type { Guards } from '@/lib/policy/guards'
import { unlimited } from '@/lib/policy/spec'
import { sessions } from '@/lib/session/sessions'
import { changeSettings } from '@/lib/settings/changeSettings'
import { fakeChain } from './fakeChain'
import { sessionRow } from './sessionRow'
import { testContext } from './testContext'

const privateKey = generatePrivateKey()
const shop = '0x00000000000000000000000000000000000000d1'

/** Two sites whose sessions have no limit of their own, and the guards. As the chain includes nothing, four lanes are all there are. */
async function guardedWallet(guards: Partial<Guards>) {
  const chain = await fakeChain()
  const context = await testContext()
  chain.state.latest.timestamp = Math.floor(Date.now() / 1000)
  await addNetwork(context.database, chain.network)
  const base = sessionRow()
  const spec = {
    ...base.spec,
    signer: privateKeyToAddress(privateKey),
    transferPolicies: [
      { target: shop, maxValuePerUse: 10n ** 17n, valueLimit: unlimited, useLimit: unlimited },
    ],
  } as const
  const sites = ['https://one.example', 'https://two.example'].map((origin, index) =>
    sessionRow({ id: `0x${String(index).repeat(64)}`, origin, spec }),
  )
  for (const session of sites) await sessions.put(context.database, session)
  await changeSettings(context.database, {
    guards: { perMinute: null, daily: [], pauseAfterRefusals: false, ...guards },
  })
  const ask = (index: number, value: bigint) => {
    const session = sites[index % sites.length] ?? base
    return authorize(context, {
      network: chain.network,
      session,
      origin: session.origin,
      calls: [{ to: shop, value, data: '0x' }],
      sign: async (hash) => {
        const { r, s, yParity } = await sign({ hash, privateKey, to: 'object' })
        return { r, s, yParity: yParity ?? 0 }
      },
    })
  }
  const close = async () => {
    await chain.close()
    context.database.close()
  }
  return { context, chain, ask, close }
}

/** What sessions signed, and what it moves. */
async function signedBy({ context }: Awaited<ReturnType<typeof guardedWallet>>) {
  const rows = (await operations.getAll(context.database)).filter(({ status }) => status !== 'void')
  const values = rows.flatMap(({ calls }) => calls.map(({ value }) => value))
  return { count: rows.length, sum: values.reduce((sum, value) => sum + value, 0n) }
}

test('behavior: of requests at once from several sites, no more than the cap of the minute are signed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 4 }), async (cap, asked) => {
      const wallet = await guardedWallet({ perMinute: cap })
      const results = await Promise.all(Array.from({ length: asked }, (_, index) => wallet.ask(index, 1n)))
      expect((await signedBy(wallet)).count).toBe(Math.min(cap, asked))
      for (const result of results)
        if (!result.ok) expect(result.refusal).toMatchObject({ rule: 'GuardPerMinute', cap, signed: cap })
      await wallet.close()
    }),
    { numRuns: 15 },
  )
}, 30_000)

test('behavior: requests at once from several sites never move more than the ceiling of the day', async () => {
  const amounts = fc.array(fc.bigInt({ min: 0n, max: 9n }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: 0n, max: 20n }), amounts, async (limit, values) => {
      const wallet = await guardedWallet({ daily: [{ chainId: 31_337, asset: 'native', limit }] })
      const results = await Promise.all(values.map((value, index) => wallet.ask(index, value)))
      const { sum } = await signedBy(wallet)
      expect(sum <= limit).toBe(true)
      for (const [index, result] of results.entries())
        if (!result.ok)
          expect(result.refusal).toMatchObject({ rule: 'GuardDailyCeiling', limit, amount: values[index] })
      await wallet.close()
    }),
    { numRuns: 15 },
  )
}, 30_000)

test('behavior: a ceiling counts across sites by the journal, and a void operation frees its share', async () => {
  const wallet = await guardedWallet({ daily: [{ chainId: 31_337, asset: 'native', limit: 10n }] })
  const first = await wallet.ask(0, 10n)
  if (!first.ok) throw new Error(first.reason)
  expect(first.row.signedAt).toBeGreaterThan(1_600_000_000)
  expect(await wallet.ask(1, 1n)).toMatchObject({ refusal: { rule: 'GuardDailyCeiling', used: 10n } })
  await operations.put(wallet.context.database, { ...first.row, status: 'void' })
  expect(await wallet.ask(1, 1n)).toMatchObject({ ok: true })
  await wallet.close()
})

test('behavior: what a guard refuses never reaches the bundler', async () => {
  const wallet = await guardedWallet({ perMinute: 0 })
  expect(await wallet.ask(0, 1n)).toMatchObject({ ok: false, reason: 'refused' })
  expect(wallet.chain.bundler.called).toEqual([])
  await wallet.close()
})
