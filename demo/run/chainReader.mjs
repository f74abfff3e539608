import { createPublicClient, getAddress, http, parseAbi, parseAbiItem } from 'viem'

const tokenAbi = parseAbi(['function balanceOf(address) view returns (uint256)'])
const orchardAbi = parseAbi([
  'struct Plot { address by; uint64 plantedAt; uint32 times; }',
  'function plots() view returns (Plot[36])',
])
const userOperationEvent = parseAbiItem(
  'event UserOperationEvent(bytes32 indexed userOpHash, address indexed sender, address indexed paymaster, uint256 nonce, bool success, uint256 actualGasCost, uint256 actualGasUsed)',
)

/**
 * What the main job reads from the chain itself, past the wallet, to check what the wallet says.
 *
 * @param {import('../stack/startStack.mjs').StackRecord} record
 */
export function chainReader(record) {
  const client = createPublicClient({ transport: http(record.rpcUrl), cacheTime: 0 })
  const { contracts, demo, tokens } = record
  return {
    /** DEMO of an address. @param {`0x${string}`} address */
    balanceOf: (address) =>
      client.readContract({
        address: tokens.demoToken,
        abi: tokenAbi,
        functionName: 'balanceOf',
        args: [address],
      }),

    /** @param {`0x${string}`} address */
    hasCode: async (address) => (await client.getCode({ address })) !== undefined,

    /** For each plot, whether `account` planted it last. @param {`0x${string}`} account @param {number[]} plots */
    async plantedBy(account, plots) {
      const all = await client.readContract({ address: demo.orchard, abi: orchardAbi, functionName: 'plots' })
      return plots.map((plot) => all[plot]?.by === getAddress(account))
    },

    /** Number of the session module's events so far. */
    sessionLogs: async () =>
      (await client.getLogs({ address: contracts.sessionKeyValidator, fromBlock: 0n })).length,

    /** Block number, to look for operations after it. */
    height: () => client.getBlockNumber(),

    /** The last user operation after block `after`, with its transaction's gas. @param {bigint} after */
    async lastOperation(after) {
      const logs = await client.getLogs({
        address: contracts.entryPoint,
        event: userOperationEvent,
        fromBlock: after,
      })
      const log = logs.at(-1)
      if (log === undefined || log.blockNumber <= after) return undefined
      const { gasUsed } = await client.getTransactionReceipt({ hash: log.transactionHash })
      const { userOpHash, success } = log.args
      return { userOpHash, transactionHash: log.transactionHash, gasUsed: Number(gasUsed), success }
    },
  }
}
