import { createWalletClient, http, parseAbi, publicActions } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

const abi = parseAbi(['function plant(uint256 plot)'])

/**
 * Plants plots of the demo dapp from the stack's own account, as another player would.
 *
 * @param {import('../../demo/stack/startStack.mjs').StackRecord} record
 * @param {readonly number[]} plots
 */
export async function plantAll({ rpcUrl, funder, demo }, plots) {
  const account = privateKeyToAccount(funder.privateKey)
  const client = createWalletClient({ account, transport: http(rpcUrl), pollingInterval: 50 }).extend(
    publicActions,
  )
  for (const plot of plots) {
    const hash = await client.writeContract({
      address: demo.orchard,
      abi,
      functionName: 'plant',
      args: [BigInt(plot)],
      chain: null,
    })
    await client.waitForTransactionReceipt({ hash })
  }
}
