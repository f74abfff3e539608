import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount, unitOf } from '@/lib/describe/formatAmount'
import { nameOf } from '@/lib/describe/nameOf'
import type { Warning } from '@/lib/policy/warnings'

/** Says what the limits of a session do not contain. */
export function describeWarning(warning: Warning, context: DescribeContext): string {
  switch (warning.kind) {
    case 'OpenContents':
      return `No upper figure is possible: \`${warning.name}\` can carry any instruction.`
    case 'UnlimitedValue':
      return `No upper figure is possible: ${nameOf(warning.target, context)} can be sent all your ${context.currency.symbol}.`
    case 'UnlimitedToken':
      return `No upper figure is possible: \`${warning.name}\` can move all your ${symbolOf(warning.token, context)}.`
    case 'AnyRecipient':
      return `${symbolOf(warning.token, context)} can be sent to anyone, not to one recipient.`
    case 'ApprovalOutlives': {
      const who = warning.spender === null ? 'Anyone the site names' : nameOf(warning.spender, context)
      const what = approvedText(warning.amount, warning.token, context)
      return `This outlives the session. ${who} can take ${what} until you remove the approval.`
    }
    case 'Collectibles':
      return `Collectibles of ${nameOf(warning.target, context)} can be given away, as many as you own.`
    case 'AnyPaymaster':
      return 'Any service may pay the fees, also one that takes tokens which you approved for it.'
  }
}

function approvedText(amount: bigint | null, token: `0x${string}`, context: DescribeContext): string {
  if (amount === null) return `all your ${symbolOf(token, context)}`
  return `up to ${formatAmount(amount, unitOf(token, context), context.locale)}`
}

function symbolOf(token: `0x${string}`, context: DescribeContext): string {
  const { symbol, decimals } = unitOf(token, context)
  return decimals === 0 && symbol.startsWith('units of') ? `tokens of ${nameOf(token, context)}` : symbol
}
