import { connect as wagmiConnect } from '@wagmi/core'
import { parseEther } from 'viem'
import { sendBatch } from '../docs/batch.js'
import { connectWallet } from '../docs/connect.js'
import { detect } from '../docs/detect.js'
import { foresee } from '../docs/foresee.js'
import { client, config } from '../docs/moving.js'
import { refusalOf } from '../docs/refusal.js'
import { askForSession } from '../docs/session.js'
import type { SnippetCalls } from './SnippetCalls.js'

let wallet: Awaited<ReturnType<typeof connectWallet>> | undefined

function connected() {
  if (wallet === undefined) throw new Error('not connected')
  return wallet
}

/** The code of `docs/dapps.md` as a page uses it. */
export const snippets: SnippetCalls = {
  async connect() {
    const provider = detect()
    if (provider === undefined) throw new Error('not installed')
    wallet = await connectWallet(provider)
    return wallet.account.address
  },
  foresee: (calls) => foresee(connected(), calls),
  async askForSession(token, shop) {
    return (await askForSession(connected(), token, shop))?.status
  },
  sendBatch: (calls) => sendBatch(connected(), calls),
  async ruleOf(calls) {
    try {
      await sendBatch(connected(), calls)
    } catch (error) {
      return refusalOf(error)?.rule
    }
    throw new Error('It was sent.')
  },
  async move() {
    const [connector] = config.connectors
    if (connector === undefined) throw new Error('no connector')
    const { accounts } = await wagmiConnect(config, { connector })
    return accounts[0]
  },
  async tip() {
    const to = '0x00000000000000000000000000000000000a4715'
    return (await client()).sendTransaction({ to, value: parseEther('0.001') })
  },
}
