import { encodeFunctionData, parseAbi, parseEther } from 'viem'
import { addNetwork } from '../browser/addNetwork.mjs'
import { answerApproval } from '../browser/answerApproval.mjs'
import { chainReader } from './chainReader.mjs'
import { findProvider, request } from './pageProvider.mjs'

const abi = parseAbi([
  'function transfer(address to, uint256 amount) returns (bool)',
  'function plant(uint256 plot)',
])

/**
 * The main job, step by step, on the demo dapp with the real wallet, chain and bundler. Each step throws when what it shows does
 * not hold.
 *
 * @param {object} scene
 * @param {import('../stack/startStack.mjs').StackRecord} scene.record
 * @param {string} scene.popupUrl
 * @param {import('../browser/createAuthenticator.mjs').Authenticator} scene.authenticator
 * @param {() => Promise<import('@playwright/test').Page>} scene.openPage
 * @param {() => Promise<import('@playwright/test').Page>} scene.nextWindow The window with the wallet's next question.
 * @param {() => number} scene.windowsOpened Questions that the wallet put up by itself since the step began.
 * @returns {{ name: string, act: () => Promise<{ rule?: string } | void> }[]}
 */
export function mainJob({ record, popupUrl, authenticator, openPage, nextWindow, windowsOpened }) {
  const chain = chainReader(record)
  /** @type {{ wallet: import('@playwright/test').Page, dapp: import('@playwright/test').Page, account: `0x${string}` }} */
  const at = {}
  const { shop, orchard } = record.demo
  const pay = (demo) => ({ to: record.tokens.demoToken, data: encode('transfer', [shop, parseEther(demo)]) })
  const plant = (plot) => ({ to: orchard, data: encode('plant', [BigInt(plot)]) })
  const send = (call) => request(at.dapp, 'eth_sendTransaction', [{ from: at.account, ...call }])
  const planted = async (plots) => (await chain.plantedBy(at.account, plots)).every(Boolean)

  /** Sends within the limits: no window, no touch. @param {() => Promise<unknown>} act @param {() => Promise<boolean>} holds */
  async function unattended(act, holds) {
    const { gestures } = authenticator
    await act()
    expect(await holds(), 'the transaction did what was asked')
    expect(windowsOpened() === 0, 'no window opened')
    expect(authenticator.gestures === gestures, 'no passkey was used')
  }

  /** Sends what the session does not cover; the wallet asks, the owner says no. @param {RegExp} agree @returns {Promise<{ rule?: string }>} */
  async function refused(call, agree) {
    const before = await chain.balanceOf(shop)
    const sending = send(call).then(
      () => undefined,
      (error) => error,
    )
    const approval = await nextWindow()
    await approval.getByRole('button', { name: agree }).waitFor({ timeout: 15_000 })
    await answerApproval(approval, { heading: 'Approve transaction', button: 'Reject' })
    const error = await sending
    expect(error?.code === 4001, `the dapp gets 4001, not ${error?.code ?? 'a hash'}`)
    expect((await chain.balanceOf(shop)) === before, 'nothing was paid')
    expect(windowsOpened() === 1, 'one window opened')
    return { rule: error.data?.refusal?.rule }
  }

  return [
    {
      name: 'create-passkey',
      async act() {
        at.wallet = await openPage()
        await at.wallet.goto(`${popupUrl}#/welcome`)
        await at.wallet.getByRole('button', { name: 'Create passkey', exact: true }).click()
        await at.wallet.getByRole('heading', { name: 'Your account is ready' }).waitFor({ timeout: 15_000 })
        expect(authenticator.credentials.length === 1, 'the authenticator holds one passkey')
        await addNetwork(at.wallet, popupUrl, record)
      },
    },
    {
      name: 'discover',
      async act() {
        at.dapp = await openPage()
        await at.dapp.goto(record.dappUrl)
        const info = await findProvider(at.dapp, 'app.latchkey.wallet')
        expect(info.name === 'Latchkey', `the wallet is called Latchkey, not ${info.name}`)
      },
    },
    {
      name: 'approve-session',
      async act() {
        const { gestures } = authenticator
        await at.dapp.bringToFront()
        await at.dapp.getByRole('button', { name: 'Connect', exact: true }).click()
        await answerApproval(await nextWindow(), { heading: 'Approve session', button: 'Approve' })
        at.account = await until('the dapp is connected', async () => {
          const [account] = await request(at.dapp, 'eth_accounts')
          return account
        })
        await until('the account is deployed', () => chain.hasCode(at.account))
        await until('the account holds DEMO', async () => (await chain.balanceOf(at.account)) > 0n)
        expect(authenticator.gestures === gestures + 1, 'one touch was enough')
        expect(windowsOpened() === 1, 'one window opened')
      },
    },
    {
      name: 'auto-sign-1',
      async act() {
        const before = await chain.balanceOf(shop)
        const paid = async () => (await chain.balanceOf(shop)) - before === parseEther('2')
        await unattended(() => send(pay('2')), paid)
      },
    },
    {
      name: 'auto-sign-2',
      act: () =>
        unattended(
          () => send(plant(7)),
          () => planted([7]),
        ),
    },
    {
      name: 'auto-sign-3',
      async act() {
        const calls = [plant(0), plant(1), plant(2)]
        const chainId = `0x${record.chainId.toString(16)}`
        const batch = { version: '2.0.0', chainId, from: at.account, atomicRequired: true, calls }
        await unattended(
          async () => {
            const { id } = await request(at.dapp, 'wallet_sendCalls', [batch])
            await until('the batch has landed', async () => {
              const { status } = await request(at.dapp, 'wallet_getCallsStatus', [id])
              expect(status < 300, `the batch has status ${status}`)
              return status === 200
            })
          },
          () => planted([0, 1, 2]),
        )
      },
    },
    { name: 'over-limit', act: () => refused(pay('3'), /^Approve once$/) },
    {
      name: 'revoke',
      async act() {
        await at.wallet.bringToFront()
        await at.wallet.goto(`${popupUrl}#/sessions`)
        const closed = await chain.sessionLogs()
        await at.wallet.getByRole('button', { name: 'Revoke', exact: true }).first().click()
        await answerApproval(at.wallet, { heading: 'Approve transaction', button: 'Approve' })
        await until('the session is closed on the chain', async () => (await chain.sessionLogs()) > closed)
      },
    },
    { name: 'after-revoke', act: () => refused(pay('1'), /^Approve( once)?$/) },
  ]
}

/** @param {'transfer' | 'plant'} functionName @param {unknown[]} args */
function encode(functionName, args) {
  return encodeFunctionData({ abi, functionName, args })
}

/** @param {boolean} holds @param {string} what */
function expect(holds, what) {
  if (!holds) throw new Error(`It does not hold that ${what}.`)
}

/**
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} read
 * @returns {Promise<NonNullable<T>>}
 */
async function until(what, read) {
  const end = Date.now() + 20_000
  for (;;) {
    const value = await read()
    if (value) return value
    if (Date.now() > end) throw new Error(`After 20 s it still does not hold that ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
