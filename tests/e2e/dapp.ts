import type { Page } from '@playwright/test'
import { encodeFunctionData, parseAbi, parseEther, type Address, type Hex } from 'viem'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { findProvider, request } from '../../demo/run/pageProvider.mjs'
import type { StackRecord } from '../../demo/stack/startStack.mjs'
import type { Wallet } from './fixtures'

const abi = parseAbi([
  'function transfer(address to, uint256 amount) returns (bool)',
  'function plant(uint256 plot)',
])

/** A page of a site that found the wallet by EIP-6963. */
export type Dapp = {
  readonly page: Page
  /** Rejects with the wallet's error: `code`, `message`, `data`. */
  request(method: string, params?: unknown): Promise<unknown>
}

/** Opens a site and finds the wallet on it. */
export async function openDapp(wallet: Wallet, url: string): Promise<Dapp> {
  const page = await wallet.context.newPage()
  await page.goto(url)
  await findProvider(page, 'app.latchkey.wallet')
  return { page, request: (method, params) => request(page, method, params) }
}

/** The error that a request ends with. */
export async function errorOf(
  promise: Promise<unknown>,
): Promise<{ code?: number; message: string; data?: unknown }> {
  return promise.then(
    (value) => {
      throw new Error(`No error, but ${JSON.stringify(value)}.`)
    },
    (error: Error & { code?: number; data?: unknown }) => error,
  )
}

/** Preferences of the tests: DEMO to the shop, at most 2 each and 10 a day; planting on plots 0–35. */
export function preferences({ tokens, demo }: StackRecord): object {
  return {
    expiresAt: '1 day',
    feeLimit: hex(parseEther('0.05')),
    transfers: [
      { to: demo.tipJar, maxValuePerUse: hex(parseEther('0.002')), valueLimit: hex(parseEther('0.01')) },
    ],
    contractCalls: [
      {
        address: tokens.demoToken,
        abi,
        functionName: 'transfer',
        constraints: [
          { index: 0, value: demo.shop, condition: 'Equal' },
          {
            index: 1,
            value: hex(parseEther('2')),
            condition: 'LessEqual',
            limit: { limit: hex(parseEther('10')), period: '1 day' },
          },
        ],
      },
      {
        address: demo.orchard,
        abi,
        functionName: 'plant',
        constraints: [{ index: 0, value: '0x24', condition: 'Less' }],
      },
    ],
  }
}

/** Connects with a session, the owner approving. */
export async function connectWithSession(wallet: Wallet, dapp: Dapp, record: StackRecord): Promise<Address> {
  const connecting = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(record) }])
  const approval = await wallet.approval()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  const [account] = (await connecting) as [Address]
  return account
}

/** Pays DEMO to the shop. */
export function pay({ tokens, demo }: StackRecord, amount: string, to: Hex = demo.shop) {
  return {
    to: tokens.demoToken,
    data: encodeFunctionData({ abi, functionName: 'transfer', args: [to, parseEther(amount)] }),
  }
}

/** Plants a plot of the orchard. */
export function plant({ demo }: StackRecord, plot: number) {
  return { to: demo.orchard, data: encodeFunctionData({ abi, functionName: 'plant', args: [BigInt(plot)] }) }
}

const hex = (value: bigint): Hex => `0x${value.toString(16)}`
