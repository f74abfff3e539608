import { accounts } from '@/lib/account/accounts'
import { tokenMetadata } from '@/lib/assets/tokenMetadata'
import { getNetwork } from '@/lib/chains/networks'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { simulateCalls } from '@/lib/describe/simulate/simulateCalls'
import { tokensOfSimulation } from '@/lib/describe/simulate/tokensOfSimulation'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { openApproval } from '@/lib/rpc/openApproval'

/** What the transaction that waits for the owner would change now, as the network's node says. It decides nothing. */
export const simulateApproval = defineCommand({
  name: 'simulateApproval',
  async handle(context, { id }) {
    const { request, account: address, chainId } = openApproval(context, id)
    const account = address === null ? undefined : await accounts.get(context.database, address.toLowerCase())
    if (request.kind !== 'transaction' || account === undefined) return null
    const network = await getNetwork(context.database, chainId)
    const simulation = await simulateCalls(network, account, request.calls)
    const tokens = await Promise.all(
      tokensOfSimulation(simulation).map((token) =>
        tokenMetadata(context.database, network, token).catch((error: unknown) => {
          // Its amounts are told in smallest units then.
          if (error instanceof UnreachableError) return null
          throw error
        }),
      ),
    )
    return { simulation, tokens: tokens.filter((token) => token !== null) }
  },
})
