import { sendCalls, waitForCallsStatus } from 'viem/actions'
import type { Account, Chain, Hex, Transport, WalletClient } from 'viem'

type Call = { to: Hex; data: Hex }

/** Sends calls as one transaction. `sessionOnly`: rather fail with 4100 and the rule than ask the user. */
export async function sendBatch(wallet: WalletClient<Transport, Chain, Account>, calls: Call[]) {
  const capabilities = { sessionOnly: {} }
  const { id } = await sendCalls(wallet, { calls, capabilities, forceAtomic: true })
  const { status, receipts } = await waitForCallsStatus(wallet, { id, pollingInterval: 100 })
  return { status, hash: receipts?.[0]?.transactionHash }
}
