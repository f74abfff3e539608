import { addNetwork as storeNetwork } from '@/lib/chains/networks'
import { probeNetwork } from '@/lib/chains/probeNetwork'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { networkView } from '@/lib/rpc/views/networkView'

/** Adds a network after asking its servers whether the wallet can work on it. */
export const addNetwork = defineCommand({
  name: 'addNetwork',
  async handle(context, form) {
    const network = await probeNetwork(form)
    await storeNetwork(context.database, network)
    context.changed()
    return networkView(network)
  },
})
