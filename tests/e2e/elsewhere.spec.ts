import { parseEther, type Address, type Hex } from 'viem'
import { sessionKeyValidatorAbi } from '@/lib/chains/abi/sessionKeyValidator.gen'
import type { StackRecord } from '../../demo/stack/startStack.mjs'
import { chainOf } from './chain'
import { connectWithSession, openDapp, type Dapp } from './dapp'
import { expect, test } from './fixtures'

type SessionAnswer = { readonly id: Hex; readonly status: string }

const sessionsOf = (dapp: Dapp) => dapp.request('wallet_getSessions') as Promise<SessionAnswer[]>

/** Revokes a session as another device of the owner would: not by this browser. */
async function revokeElsewhere(record: StackRecord, account: Address, id: Hex): Promise<void> {
  const { client } = chainOf(record)
  await client.impersonateAccount({ address: account })
  await client.setBalance({ address: account, value: parseEther('1') })
  const hash = await client.writeContract({
    account,
    address: record.contracts.sessionKeyValidator,
    abi: sessionKeyValidatorAbi,
    functionName: 'revokeSession',
    args: [id],
  })
  await client.waitForTransactionReceipt({ hash })
  await client.stopImpersonatingAccount({ address: account })
}

const alarmIn = (name: string) =>
  `chrome.alarms.get('${name}').then((alarm) => alarm && { period: alarm.periodInMinutes })`

test('behavior: a session revoked elsewhere is noticed every five minutes while its site is open, without any use', async ({
  wallet,
  site,
  stack: { record },
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, record)
  const [session] = await sessionsOf(dapp)
  if (session === undefined) throw new Error('There is no session.')
  // A page of the wallet looks at the chain when it opens, and not again for ten seconds.
  const page = await wallet.open('#/settings')
  expect(await page.evaluate(alarmIn('sessions'))).toEqual({ period: 5 })
  await revokeElsewhere(record, account, session.id)
  expect(await sessionsOf(dapp)).toMatchObject([{ status: 'active' }])
  // The five minutes are over at once.
  await page.evaluate(`chrome.alarms.create('sessions', { when: Date.now(), periodInMinutes: 5 })`)
  await expect.poll(async () => (await sessionsOf(dapp)).map(({ status }) => status)).toEqual(['closed'])
  // The session is closed first, and told of after it.
  await expect
    .poll(() => page.evaluate(`chrome.notifications.getAll().then(Object.keys)`))
    .toContain(`latchkey:session closed ${session.id}`)
})
