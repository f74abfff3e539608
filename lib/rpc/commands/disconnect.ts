import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { disconnectSite } from '@/lib/rpc/disconnectSite'

/** Ends a site's access at once. */
export const disconnect = defineCommand({
  name: 'disconnect',
  async handle(context, { origin }) {
    await disconnectSite(context, origin)
    return null
  },
})
