import { parseParams } from '@/lib/rpc/parseParams'
import { activityQuerySchema } from '@/lib/rpc/activityQuerySchema'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { findActivity } from '@/lib/rpc/findActivity'

/** A page of what was signed. */
export const activity = defineCommand({
  name: 'activity',
  handle: async (context, query) =>
    findActivity(context.database, parseParams('activity', activityQuerySchema, query)),
})
