import { maxUint256 } from 'viem'
import { formatAmount } from '@/lib/describe/formatAmount'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { InvalidParamsError } from '@/lib/rpc/errors'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import { recipientNotes } from '@/lib/rpc/recipientNotes'
import { recipientOf, sendable } from '@/lib/rpc/sendable'
import { transferOf } from '@/lib/rpc/transferOf'

/** Asks the owner to sign a transfer: opens an approval of the wallet's own, which shows what is signed. */
export const send = defineCommand({
  name: 'send',
  async handle(context, { to, amount, ...plan }) {
    const recipient = recipientOf(to)
    if (amount <= 0n || amount > maxUint256)
      throw new InvalidParamsError('The amount must be more than nothing.')
    const { account, network, unit, balance } = await sendable(context, plan)
    if (amount > balance)
      throw new InvalidParamsError(`You have ${formatAmount(balance, unit)} on ${network.name}, not more.`)
    const notes = await recipientNotes(context, plan, recipient)
    if (notes.some(({ kind }) => kind === 'zero' || kind === 'token-contract'))
      throw new InvalidParamsError('What goes to this address is lost. Nothing was sent.')
    const approval = await context.approvals.ask({
      origin: null,
      metadata: {},
      account: account.address,
      chainId: network.chainId,
      request: {
        kind: 'transaction',
        calls: [transferOf(plan.asset, recipient, amount)],
        refusal: null,
        sessionId: null,
      },
      // Two equal transfers are two transfers.
      joinKey: `send ${crypto.randomUUID()}`,
      requestId: null,
    })
    void prepareApproval(context, approval.id)
    return { approvalId: approval.id }
  },
})
