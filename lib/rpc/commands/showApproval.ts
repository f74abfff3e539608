import { defineCommand } from '@/lib/rpc/commands/defineCommand'

/** Shows an open approval in the one approval window. */
export const showApproval = defineCommand({
  name: 'showApproval',
  async handle(context, { id }) {
    await context.window.show(id)
    return null
  },
})
