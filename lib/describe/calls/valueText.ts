import type { Address } from 'viem'
import type { DescribeContext } from '@/lib/describe/context'
import { nameOf } from '@/lib/describe/nameOf'
import { visibleText } from '@/lib/describe/visibleText'

const longest = 100
/** Entries of a list that are told. */
const most = 8

/** A decoded value as it stands: addresses by name, text with nothing unseen in it, all of it bounded. */
export function valueText(value: unknown, context: Pick<DescribeContext, 'names'>): string {
  if (typeof value === 'string' && /^0x[0-9a-f]{40}$/i.test(value)) return nameOf(value as Address, context)
  if (Array.isArray(value)) return `[${listed(value as unknown[], (item) => valueText(item, context))}]`
  if (typeof value === 'object' && value !== null)
    return `{${listed(Object.entries(value), ([name, item]) => `${name}: ${valueText(item, context)}`)}}`
  const text = String(value)
  const shown = visibleText(text.slice(0, longest)).replaceAll('`', '‹U+0060›')
  return text.length > longest ? `${shown}…` : shown
}

function listed<item>(items: readonly item[], tell: (item: item) => string): string {
  const texts = items.slice(0, most).map(tell)
  return items.length > most ? `${texts.join(', ')} and ${items.length - most} more` : texts.join(', ')
}
