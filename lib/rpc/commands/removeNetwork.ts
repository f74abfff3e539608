import { removeNetwork as forgetNetwork } from '@/lib/chains/networks'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'

/** Removes a network that the user added. */
export const removeNetwork = defineCommand({
  name: 'removeNetwork',
  async handle(context, { chainId }) {
    await forgetNetwork(context.database, chainId)
    context.changed()
    return null
  },
})
