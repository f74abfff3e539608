import type { Address, Hex, PublicClient } from 'viem'
import { encodeFunctionData, numberToHex, parseEther } from 'viem'
import type { Stack } from '../stack/stack'
import { demoTokenAbi } from './demoTokenAbi'
import { nodeRequest } from './nodeRequest'
import { readFunds } from './readFunds'

/** ETH that the gift tops an account up to, for tips, in wei. */
const giftEth = parseEther('0.05')

/**
 * The demo chain's gift: sets the account's ETH to {@link giftEth} if it has less, and has the faucet mint 100 DEMO. Works on a
 * development node only, which signs with its own unlocked accounts.
 *
 * @throws {Error} The node is not a development node, or the faucet failed.
 */
export async function giveFunds(reader: PublicClient, stack: Stack, account: Address): Promise<void> {
  const funds = await readFunds(reader, stack.tokens.demoToken, account)
  if (funds.eth < giftEth) await nodeRequest(reader, 'anvil_setBalance', [account, numberToHex(giftEth)])
  const from = ((await nodeRequest(reader, 'eth_accounts', [])) as Address[]).at(-1)
  if (!from) throw new Error('The node has no account to send the gift from.')
  const data = encodeFunctionData({ abi: demoTokenAbi, functionName: 'faucet', args: [account] })
  const hash = (await nodeRequest(reader, 'eth_sendTransaction', [
    { from, to: stack.tokens.demoToken, data },
  ])) as Hex
  const receipt = await reader.waitForTransactionReceipt({ hash })
  if (receipt.status !== 'success') throw new Error('The DEMO faucet refused the gift.')
}
