import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { recipientNotes } from '@/lib/rpc/recipientNotes'
import { recipientOf } from '@/lib/rpc/sendable'

/** What the owner is to know of a recipient before sending. */
export const sendCheck = defineCommand({
  name: 'sendCheck',
  async handle(context, { to, ...plan }) {
    return { notes: await recipientNotes(context, plan, recipientOf(to)) }
  },
})
