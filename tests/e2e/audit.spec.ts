import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../../demo/setup/runCommand.mjs'
import { chainOf } from './chain'
import { connectWithSession, openDapp, pay, plant } from './dapp'
import { expect, test } from './fixtures'
import { exportJournal, readJournal } from './journal'

test('behavior: the audit recomputes a session from the chain and names the row that disagrees', async ({
  wallet,
  site,
  stack: { record },
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, record)
  await chainOf(record).giveDemo(account)
  for (const call of [pay(record, '1.5'), plant(record, 30), pay(record, '0.5')])
    await dapp.request('eth_sendTransaction', [{ from: account, ...call }])
  const { sessions, operations, activity } = await readJournal(wallet)
  const exported = JSON.stringify(await exportJournal(wallet))
  const last = operations
    .filter(({ sessionId }) => sessionId !== null)
    .sort((a, b) => b.createdAt - a.createdAt)[0]
  const id = sessions[0]?.id
  if (last === undefined || id === undefined) throw new Error('The session signed nothing.')
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-audit-'))
  const audit = async (journal: string) => {
    const file = join(folder, 'journal.json')
    writeFileSync(file, journal)
    const args = ['node_modules/tsx/dist/cli.mjs', 'tests/audit/session.ts', account, id]
    const options = ['--rpc-url', record.rpcUrl, '--journal', file]
    const { code, output } = await runCommand(process.execPath, [...args, ...options])
    return { code, output }
  }
  try {
    const honest = await audit(exported)
    expect(honest.output).toContain('Everything agrees.')
    expect(honest.output).toContain('3 operations')
    expect(honest.code).toBe(0)
    const [, amount] = /"amount":\{"\$bigint":"(0x6f05b59d3b20000)"/.exec(exported) ?? []
    if (amount === undefined) throw new Error('No charge of 0.5 DEMO in the journal.')
    const forged = await audit(
      exported.replace(`"amount":{"$bigint":"${amount}"`, '"amount":{"$bigint":"0x1"'),
    )
    expect(forged.code).toBe(1)
    expect(forged.output).toContain(`DISAGREES  row ${last.id}: charged 1.argument.1 1 in period`)
    expect(forged.output).toContain('1 disagree.')
    expect(activity).toHaveLength(4)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
