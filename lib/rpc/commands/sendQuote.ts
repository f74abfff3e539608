import { prepare } from '@/lib/operation/prepare'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { recipientOf, sendable } from '@/lib/rpc/sendable'
import { transferOf } from '@/lib/rpc/transferOf'

/** What sending would take now: the fee, who pays it, and the most that is left to send. */
export const sendQuote = defineCommand({
  name: 'sendQuote',
  async handle(context, { to, ...plan }) {
    const { account, network, balance } = await sendable(context, plan)
    // Whom it goes to changes the fee little: until the owner says, it is worked out for a transfer to the account itself.
    const recipient = to === null ? account.address : recipientOf(to)
    const amount = balance > 0n ? 1n : 0n
    const prepared = await prepare(context, {
      account,
      network,
      calls: [transferOf(plan.asset, recipient, amount)],
      signer: 'passkey',
    })
    const { payer, maxFee, required } = prepared
    const fee = plan.asset === 'native' ? required - amount : 0n
    // A fifth more, as the price may rise until the owner approves.
    const kept = fee + fee / 5n
    return { balance, most: balance > kept ? balance - kept : 0n, payer, maxFee }
  },
})
