import { getAddress, type Address } from 'viem'
import { describeSession } from '@/lib/describe/describeSession'
import { policiesOf } from '@/lib/policy/cells'
import type { SessionSpec } from '@/lib/policy/spec'
import type { FileOptions } from './readArguments'
import { sessionOf } from './sessionOf'

/**
 * The text of `latchkey describe`: the sentences that the wallet shows, the worst case and the warnings, and every address in full.
 *
 * @param json - Session preferences or a spec.
 * @throws {SyntaxError} It is no JSON.
 * @throws {PreferencesError | SpecFileError | TypeError} It is no session.
 */
export function describeFile(json: string, { site, ...context }: FileOptions): string {
  const session = sessionOf(JSON.parse(json) as Record<string, unknown>, context)
  const words = describeSession({ ...session, ...context, now: session.now, names: {}, siteName: site })
  return [
    words.heading,
    '',
    ...words.sentences.map(({ text }) => `- ${text}`),
    '',
    words.exposure.text,
    ...words.warnings.map(
      ({ text, severity }) => `\n${severity === 'danger' ? 'Danger' : 'Caution'}: ${text}`,
    ),
    '',
    'Addresses:',
    ...addressesIn(session.spec).map((address) => `  ${address}`),
    '',
  ].join('\n')
}

/** Every address that the sentences shorten, each once. */
function addressesIn(spec: SessionSpec): Address[] {
  const targets = policiesOf(spec).flatMap((policy): Address[] => [
    policy.target,
    ...(policy.kind === 'call' ? policy.constraints : [])
      .filter(({ condition, refValue }) => condition === 'Equal' && isAddressWord(refValue))
      .map(({ refValue }): Address => `0x${refValue.slice(-40)}`),
  ])
  const sponsor = spec.paymaster.mode === 'Listed' ? [spec.paymaster.paymaster] : []
  return [...new Set([...targets, ...sponsor].map((address) => getAddress(address)))]
}

/** Whether a word reads as an address rather than as a number. */
const isAddressWord = (word: string) => /^0x0{24}(?!0{8})[0-9a-f]{40}$/i.test(word)
