import type { SignedMessage } from '@/lib/account/signedMessage'
import { messageText } from '@/lib/describe/messageText'
import { readSiwe } from '@/lib/describe/siwe/readSiwe'
import { visibleText } from '@/lib/describe/visibleText'

const longest = 80

/** A signed message in a line, for lists. */
export function excerptOf(message: SignedMessage): string {
  if (message.kind === 'typed') {
    const { primaryType, domain } = message.typedData
    const name = typeof domain['name'] === 'string' ? `${visibleText(domain['name'])}: ` : ''
    return cut(`${name}${primaryType}`)
  }
  const text = messageText(message.message)
  if (text === null) return cut(`Data ${message.message}`)
  const siwe = readSiwe(text)
  if (siwe !== null && siwe !== 'malformed') return cut(`Login at ${siwe.domain}`)
  return cut(visibleText(text).trim().split('\n')[0] ?? '')
}

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)
