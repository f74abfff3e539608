import { formatEther, parseEther, type Address, type Hex } from 'viem'
import { latchkeyCodec } from '@/lib/account/codecs/latchkey/latchkeyCodec'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import type { Usage } from '@/lib/policy/usage'
import type { SessionRow } from '@/lib/session/session'
import { addNetwork } from '../../demo/browser/addNetwork.mjs'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { chainOf } from './chain'
import { connectWithSession, openDapp, pay, type Dapp } from './dapp'
import { expect, test, type Wallet } from './fixtures'
import { startGate, type Gate } from './gate'
import { readJournal } from './journal'

/** `npm run faults` sets it; a round is one kill at one durable step. */
const rounds = Number(process.env['LATCHKEY_FAULT_ROUNDS'] ?? 4)
const spends = Number(process.env['LATCHKEY_FAULT_SPENDS'] ?? 60)
const mostStops = spends >= 1000 ? 10 : 3
const amount = '0.05'

/** The durable steps of an auto-signed request, as seen from outside: what is held when the axe falls. */
const steps = [
  { name: 'not yet reserved', method: 'eth_estimateUserOperationGas', when: 'before', server: 'bundler' },
  { name: 'signed, not sent', method: 'eth_sendUserOperation', when: 'before', server: 'bundler' },
  { name: 'sent, the answer lost', method: 'eth_sendUserOperation', when: 'after', server: 'bundler' },
  { name: 'included, not settled', method: 'eth_getUserOperationReceipt', when: 'before', server: 'bundler' },
] as const
const axes = ['stop', 'kill', 'reload'] as const

async function swing(wallet: Wallet, axe: (typeof axes)[number]): Promise<void> {
  if (axe === 'stop') await wallet.stopWorker()
  else if (axe === 'kill') await wallet.kill()
  else await wallet.reload()
}

async function withGates(
  record: Parameters<typeof chainOf>[0],
  wallet: Wallet,
  run: (gates: { bundler: Gate; node: Gate }) => Promise<void>,
): Promise<void> {
  const gates = { bundler: await startGate(record.bundlerUrl), node: await startGate(record.rpcUrl) }
  try {
    const page = await wallet.open('#/networks')
    const { paymasterUrl, chainName } = record
    const urls = { rpcUrl: gates.node.url, bundlerUrl: gates.bundler.url, paymasterUrl, chainName }
    await addNetwork(page, wallet.popupUrl, { ...record, ...urls })
    await page.close()
    await run(gates)
  } finally {
    await gates.bundler.stop()
    await gates.node.stop()
  }
}

/** Waits until no operation's fate is open, then compares journal and chain, operation by operation. */
async function expectJournalIsChain(wallet: Wallet, record: Parameters<typeof chainOf>[0], account: Address) {
  const open = new Set(['reserved', 'signed', 'sent'])
  await expect
    .poll(
      async () => (await readJournal(wallet)).operations.filter(({ status }) => open.has(status)).length,
      {
        timeout: 60_000,
        intervals: [250],
      },
    )
    .toBe(0)
  const chain = chainOf(record)
  const { operations, sessions } = await readJournal(wallet)
  const events = await chain.client.getContractEvents({
    address: record.contracts.entryPoint,
    abi: entryPointAbi,
    eventName: 'UserOperationEvent',
    args: { sender: account },
    fromBlock: 0n,
    strict: true,
  })
  const included = operations.filter(({ status }) => status === 'included' || status === 'final')
  const sorted = (hashes: readonly (Hex | undefined)[]) => [...hashes].sort()
  expect(sorted(included.map(({ userOpHash }) => userOpHash))).toEqual(
    sorted(events.map(({ args }) => args.userOpHash)),
  )
  const requests = included.flatMap(({ dappCallsId }) => dappCallsId ?? [])
  expect(new Set(requests).size).toBe(requests.length)
  const paid = parseEther('100') - (await chain.demoOf(account))
  const session = sessions.find(({ status }) => status === 'active')
  if (session === undefined) throw new Error('The wallet holds no active session.')
  // Three witnesses: the token's balances, the wallet's journal, the session module's counters.
  expect(argumentOf(session.usage)).toBe(paid)
  const { usage } = await stateOnChain(record, session)
  expect(argumentOf(usage)).toBe(paid)
  expect(paid).toBeLessThanOrEqual(parseEther('10'))
  return { paid, included, operations }
}

const argumentOf = (usage: Usage) =>
  Object.entries(usage).find(([cell]) => cell.includes('argument'))?.[1]?.used ?? 0n

async function stateOnChain(record: Parameters<typeof chainOf>[0], { account, spec }: SessionRow) {
  const { to, data } = latchkeyCodec.sessionStateCall(latchkey, account, spec)
  const answer = await chainOf(record).client.call({ to, data })
  return latchkeyCodec.decodeSessionState(spec, answer.data ?? '0x')
}

async function connect(wallet: Wallet, url: string, record: Parameters<typeof chainOf>[0]) {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, url)
  const account = await connectWithSession(wallet, dapp, record)
  await chainOf(record).giveDemo(account)
  return { dapp, account }
}

async function unlock(wallet: Wallet): Promise<void> {
  const page = await wallet.open('#/')
  const lock = page.getByRole('button', { name: 'Lock', exact: true })
  const button = page.getByRole('button', { name: 'Unlock' }).first()
  await lock.or(button).first().waitFor()
  if (await button.isVisible()) {
    await button.click()
    const approval = await wallet.approval()
    await pressButton(approval.getByRole('button', { name: 'Unlock' }))
    await expect(async () => {
      const home = await wallet.open('#/')
      await home.getByRole('button', { name: 'Lock', exact: true }).waitFor({ timeout: 1_000 })
      await home.close()
    }).toPass({ timeout: 15_000 })
  }
  if (!page.isClosed()) await page.close()
}

const send = (dapp: Dapp, record: Parameters<typeof chainOf>[0], from: Address, value = amount) =>
  dapp.request('eth_sendTransaction', [{ from, ...pay(record, value) }])

test('behavior: killed at every durable step, nothing is lost, nothing is doubled, nothing passes the limit', async ({
  wallet,
  site,
  stack: { record },
}) => {
  test.setTimeout(60_000 + rounds * 20_000)
  const { account } = await connect(wallet, site.url, record)
  await withGates(record, wallet, async (gates) => {
    for (let round = 0; round < rounds; round++) {
      const step = steps[round % steps.length] ?? steps[0]
      const axe = axes[round % axes.length] ?? 'stop'
      await test.step(`${round}: ${axe} at "${step.name}"`, async () => {
        await unlock(wallet)
        const dapp = await openDapp(wallet, site.url)
        const before = (await readJournal(wallet)).operations.length
        const held = gates[step.server].hold(step.method, step.when)
        const answer = send(dapp, record, account).then(
          (hash) => ({ hash }),
          (error: Error & { code?: number }) => ({ error }),
        )
        await held
        if (step.name === 'included, not settled')
          await expect.poll(() => isOnChain(wallet, record, account)).toBe(true)
        await swing(wallet, axe)
        gates[step.server].open()
        // A page that lives gets its answer, whatever was stopped behind it.
        const outcome = axe === 'stop' ? await answer : null
        const { included } = await expectJournalIsChain(wallet, record, account)
        // Once signed it lands, whatever was killed; before, only a page that lives asks again.
        if (step.name !== 'not yet reserved' || axe === 'stop')
          expect((await readJournal(wallet)).operations.length).toBeGreaterThan(before)
        if (outcome !== null)
          expect(included.map(({ transactionHash }) => transactionHash)).toContain(
            'hash' in outcome ? outcome.hash : outcome.error.message,
          )
        if (!dapp.page.isClosed()) await dapp.page.close()
      })
    }
    const { paid, included, operations } = await expectJournalIsChain(wallet, record, account)
    console.log(
      `${rounds} kills: ${included.length} included, ${operations.length - included.length} not, ` +
        `${formatEther(paid)} DEMO spent, as journal, token and session module say`,
    )
  })
})

async function isOnChain(wallet: Wallet, record: Parameters<typeof chainOf>[0], account: Address) {
  const { operations } = await readJournal(wallet)
  const events = await chainOf(record).client.getContractEvents({
    address: record.contracts.entryPoint,
    abi: entryPointAbi,
    eventName: 'UserOperationEvent',
    args: { sender: account },
    fromBlock: 0n,
    strict: true,
  })
  return operations.some(
    ({ status, userOpHash }) =>
      (status === 'sent' || status === 'signed') && events.some(({ args }) => args.userOpHash === userOpHash),
  )
}

test('behavior: four tabs and a worker that is stopped again and again never pass a limit', async ({
  wallet,
  site,
  stack: { record },
}) => {
  test.setTimeout(60_000 + spends * 400)
  const { dapp, account } = await connect(wallet, site.url, record)
  const tabs = [dapp, ...(await Promise.all([1, 2, 3].map(() => openDapp(wallet, site.url))))]
  // Twice as much as the limit allows.
  const value = (20 / spends).toFixed(6)
  const batch = {
    version: '2.0.0',
    chainId: '0x7a69',
    from: account,
    atomicRequired: true,
    calls: [pay(record, value)],
    capabilities: { sessionOnly: {} },
  }
  const answers = Promise.allSettled(
    Array.from({ length: spends }, (_, index) =>
      (tabs[index % tabs.length] ?? dapp).request('wallet_sendCalls', [batch]),
    ),
  )
  let isOver = false
  void answers.then(() => (isOver = true))
  let stops = 0
  // Three at once in quick succession, and then again and again, as long as there is anything to interrupt.
  for (; !isOver && stops < mostStops; stops++) {
    await new Promise((resolve) => setTimeout(resolve, stops < 3 ? 1_500 : 12_000))
    await wallet.stopWorker()
  }
  const results = await answers
  const { paid, included, operations } = await expectJournalIsChain(wallet, record, account)
  const refused = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  )
  const accepted = results.length - refused.length
  const spent = included.filter(({ sessionId }) => sessionId !== null).length
  const count = (status: string) => operations.filter((row) => row.status === status).length
  console.log(
    `${spends} spends in four tabs, ${stops} stops of the worker: ${spent} included, ${refused.length} refused, ` +
      `${count('failed')} failed, ${count('void')} void; ${formatEther(paid)} of 10 DEMO spent, as journal, token and session module say`,
  )
  expect(refused).toEqual(Array(spends / 2).fill(expect.objectContaining({ code: 4100 })))
  expect(paid).toBe(parseEther(value) * BigInt(spends / 2))
  expect(accepted).toBe(spends / 2)
  expect(spent).toBe(spends / 2)
})
