import { decodeFunctionData, type AbiFunction, type Address } from 'viem'
import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount, unitOf } from '@/lib/describe/formatAmount'
import { functionOf, inWords } from '@/lib/describe/knownText'
import { nameOf } from '@/lib/describe/nameOf'
import type { Call } from '@/lib/policy/call'
import { knownFunction } from '@/lib/policy/knownFunctions'
import { readWord } from '@/lib/policy/word'

/** A call for people. */
export type CallDescription = {
  /** What it does, as far as it can be told. */
  readonly title: string
  /** Its details, one a line. */
  readonly lines: readonly string[]
}

/** From this amount on an approval means "everything". */
const everything = 2n ** 128n - 1n

/** Says what a call does: native transfers, token transfers and approvals, and functions that the site named. */
export function describeCall(call: Call, context: DescribeContext): CallDescription {
  const { to, value, data } = call
  const sent = formatAmount(value, context.currency, context.locale)
  if (data === '0x') return { title: `Send ${sent} to ${nameOf(to, context)}`, lines: [] }
  const sends = value > 0n ? [`Sends ${sent}`] : []
  if (data.length < 10)
    return {
      title: 'Unreadable data',
      lines: [`Contract: ${nameOf(to, context)}`, `Data: ${data}`, ...sends],
    }
  const title = describeToken(call, context)
  if (title !== null) return { title, lines: [`Token: ${nameOf(to, context)}`, ...sends] }
  return describeFunction(call, sends, context)
}

function describeToken({ to, data }: Call, context: DescribeContext): string | null {
  const known = knownFunction(`0x${data.slice(2, 10)}`)
  if (known?.kind !== 'spend' && known?.kind !== 'approve') return null
  const word = readWord(data, known.amount)
  if (word === null) return null
  const unit = unitOf(to, context)
  const amount = formatAmount(BigInt(word), unit, context.locale)
  const other = known.kind === 'spend' ? known.recipient : known.spender
  const who = other === undefined ? '' : (addressAt(data, other, context) ?? '')
  if (known.kind === 'approve')
    return `Let ${who} take ${BigInt(word) >= everything ? `all your ${unit.symbol}` : `up to ${amount}`}`
  if (known.name === 'burn') return `Burn ${amount}`
  const from = known.name === 'transferFrom' ? ` from ${addressAt(data, 0, context) ?? ''}` : ''
  return `Send ${amount}${from} to ${who}`
}

function describeFunction({ to, data }: Call, sends: string[], context: DescribeContext): CallDescription {
  const selector = `0x${data.slice(2, 10)}` as const
  const contract = `Contract: ${nameOf(to, context)}`
  const fn = functionOf(to, selector, context)
  const values = fn ? argumentsOf(fn, data) : null
  if (!fn || !values) {
    const name = fn?.name ?? knownFunction(selector)?.name
    const title = name === undefined ? `Unknown function ${selector}` : inWords(name)
    return { title, lines: [contract, ...sends] }
  }
  const lines = fn.inputs.map(
    (input, index) => `${input.name || `Argument ${index + 1}`}: ${valueText(values[index], context)}`,
  )
  return { title: inWords(fn.name), lines: [...lines, contract, ...sends] }
}

/** `null` when the data is not that of the function. */
function argumentsOf(fn: AbiFunction, data: Call['data']): readonly unknown[] | null {
  try {
    return decodeFunctionData({ abi: [fn], data }).args ?? []
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

function valueText(value: unknown, context: DescribeContext): string {
  if (typeof value === 'string' && /^0x[0-9a-f]{40}$/i.test(value)) return nameOf(value as Address, context)
  if (Array.isArray(value)) return `[${value.map((item) => valueText(item, context)).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, item]) => `${name}: ${valueText(item, context)}`)
      .join(', ')}}`
  const text = String(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

function addressAt(data: Call['data'], word: number, context: DescribeContext): string | null {
  const bytes = readWord(data, word)
  return bytes === null ? null : nameOf(`0x${bytes.slice(-40)}`, context)
}
