import { size, type Hex } from 'viem'
import type { CallDescription, CallWarning } from '@/lib/describe/calls/callDescription'
import { inWords } from '@/lib/describe/knownText'
import { knownFunction } from '@/lib/policy/knownFunctions'

/** What is known of a function whose call cannot be told. */
export type UnknownCall = {
  readonly data: Hex
  /** Name by which the selector goes, where the data does not fit to it. */
  readonly misfit: string | null
  /** About the contract, the value. */
  readonly lines: readonly string[]
}

/** Says that nobody can tell what a call does, with its selector and size. */
export function describeUnknown({ data, misfit, lines }: UnknownCall): CallDescription {
  const selector = data.slice(0, 10) as Hex
  const length = size(data)
  const bytes = `${length} ${length === 1 ? 'byte' : 'bytes'} of data`
  const known = knownFunction(selector)
  if (misfit === null && known?.kind === 'open')
    return {
      title: inWords(known.name),
      lines: [...lines, bytes],
      source: 'unknown',
      warnings: [caution(`\`${known.name}\` can carry any instruction, and Latchkey cannot read these.`)],
      inner: [],
    }
  const why =
    length < 4
      ? 'Latchkey cannot tell what this does: it names no function.'
      : misfit === null
        ? 'Latchkey cannot tell what this does: neither a common standard nor the site names the function.'
        : `Latchkey cannot tell what this does: the data is not exactly that of \`${misfit}\`, so the contract may read it otherwise.`
  return {
    title: length < 4 ? 'Unreadable data' : `Unknown function ${selector}`,
    lines: [...lines, length < 4 ? `Data: ${data}` : bytes],
    source: 'unknown',
    warnings: [caution(why)],
    inner: [],
  }
}

const caution = (text: string): CallWarning => ({ severity: 'caution', text })
