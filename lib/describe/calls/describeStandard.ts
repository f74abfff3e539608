import type { CallDescription } from '@/lib/describe/calls/callDescription'
import type { Descriptor } from '@/lib/describe/calls/descriptor'
import { fieldText } from '@/lib/describe/calls/fieldText'
import { holds } from '@/lib/describe/calls/holds'
import type { DecodedCall } from '@/lib/describe/calls/readPath'
import type { DescribeContext } from '@/lib/describe/context'

const place = /\{([^}]+)\}/g

/**
 * Tells a call by a descriptor: its sentence, and below it what the sentence does not say.
 *
 * @param pays - Whether the value is its own, not that of a multicall around it.
 */
export function describeStandard(
  { intents, fields, warnings = [] }: Descriptor,
  decoded: DecodedCall,
  context: DescribeContext,
  pays: boolean,
): CallDescription {
  const intent = intents.findLast(({ when }) => holds(when, decoded, context))?.text ?? ''
  const said = new Set([...intent.matchAll(place)].map(([, path]) => path))
  const filled = (text: string) =>
    text.replaceAll(place, (_whole, path: string) => {
      const field = fields.find((one) => one.path === path)
      return fieldText(field ?? { path, label: '', format: 'raw' }, decoded, context)
    })
  const { value } = decoded.call
  return {
    title: filled(intent),
    lines: [
      ...fields
        .filter(({ path }) => !said.has(path))
        .map((field) => `${field.label}: ${fieldText(field, decoded, context)}`),
      ...(pays && value > 0n && !said.has('@.value')
        ? [`Sends ${fieldText({ path: '@.value', label: '', format: 'amount' }, decoded, context)}`]
        : []),
    ],
    source: 'standard',
    warnings: warnings
      .filter(({ when }) => holds(when, decoded, context))
      .map(({ severity, text }) => ({ severity, text: capital(filled(text)) })),
    inner: [],
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
