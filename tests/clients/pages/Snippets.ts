import { connect as wagmiConnect } from '@wagmi/core'
import type { AutoSignCall } from 'latchkey/actions'
import { parseEther, type Hex } from 'viem'
import { sendBatch as batch } from '../docs/batch.js'
import { connectWallet } from '../docs/connect.js'
import { detect } from '../docs/detect.js'
import { foresee as foreseeCalls } from '../docs/foresee.js'
import { client, config } from '../docs/moving.js'
import { refusalOf } from '../docs/refusal.js'
import { askForSession as ask } from '../docs/session.js'

type Call = { to: Hex; data: Hex }
type Wallet = Awaited<ReturnType<typeof connectWallet>>
let wallet: Wallet | undefined

function connected(): Wallet {
  if (wallet === undefined) throw new Error('not connected')
  return wallet
}

/** The code of `docs/dapps.md` as a page uses it: detect, then connect. */
export async function connect() {
  const provider = detect()
  if (provider === undefined) throw new Error('not installed')
  wallet = await connectWallet(provider)
  return wallet.account.address
}

export const foresee = (calls: AutoSignCall[]) => foreseeCalls(connected(), calls)
export const sendBatch = (calls: Call[]) => batch(connected(), calls)

export async function askForSession(token: Hex, shop: Hex) {
  return (await ask(connected(), token, shop))?.status
}

/** The rule that a batch fails by. */
export async function ruleOf(calls: Call[]) {
  try {
    await sendBatch(calls)
  } catch (error) {
    return refusalOf(error)?.rule
  }
  throw new Error('It was sent.')
}

/** Connects as a dapp of ZKsync SSO does. */
export async function move() {
  const [connector] = config.connectors
  if (connector === undefined) throw new Error('no connector')
  const { accounts } = await wagmiConnect(config, { connector })
  return accounts[0]
}

/** Sends by what was the session client. */
export async function tip() {
  return (await client()).sendTransaction({
    to: '0x00000000000000000000000000000000000a4715',
    value: parseEther('0.001'),
  })
}
