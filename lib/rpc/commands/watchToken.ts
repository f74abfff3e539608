import { isAddress } from 'viem'
import { tokenMetadata } from '@/lib/assets/tokenMetadata'
import { watchToken as listToken } from '@/lib/assets/watchedTokens'
import { getNetwork } from '@/lib/chains/networks'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { InvalidParamsError } from '@/lib/rpc/errors'

/** Lists a token that the owner names by its contract's address. */
export const watchToken = defineCommand({
  name: 'watchToken',
  async handle(context, { chainId, address }) {
    if (!isAddress(address))
      throw new InvalidParamsError('This is no address. Copy the contract’s address, 0x and 40 characters.')
    const network = await getNetwork(context.database, chainId)
    const token = await tokenMetadata(context.database, network, address)
    if (token === null)
      throw new InvalidParamsError(
        `There is no ERC-20 token at this address on ${network.name}. Check the network.`,
      )
    await listToken(context.database, token)
    context.changed()
    return token
  },
})
