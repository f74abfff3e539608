import { createTestClient, erc20Abi, http, parseAbi, publicActions, walletActions, type Address } from 'viem'
import { foundry } from 'viem/chains'
import type { StackRecord } from '../../demo/stack/startStack.mjs'

const faucetAbi = parseAbi(['function faucet(address to)'])

/** What a test sees and does on the chain itself. */
export function chainOf(record: StackRecord) {
  const client = createTestClient({
    mode: 'anvil',
    chain: foundry,
    transport: http(record.rpcUrl),
    pollingInterval: 50,
  })
    .extend(publicActions)
    .extend(walletActions)
  const token = { address: record.tokens.demoToken, abi: erc20Abi } as const
  return {
    client,
    demoOf: (owner: Address) => client.readContract({ ...token, functionName: 'balanceOf', args: [owner] }),
    /** Gives 100 DEMO. */
    async giveDemo(to: Address) {
      const hash = await client.writeContract({
        account: record.funder.address,
        address: record.tokens.demoToken,
        abi: faucetAbi,
        functionName: 'faucet',
        args: [to],
      })
      await client.waitForTransactionReceipt({ hash })
    },
  }
}
