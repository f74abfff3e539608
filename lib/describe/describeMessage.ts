import type { Hex } from 'viem'
import { messageText } from '@/lib/describe/messageText'
import { checkSiwe, type SiweSender } from '@/lib/describe/siwe/checkSiwe'
import { readSiwe, type Siwe } from '@/lib/describe/siwe/readSiwe'
import { hasUnseen, visibleText } from '@/lib/describe/visibleText'

/** A message of `personal_sign` for people. `text` has everything in it that is signed. */
export type MessageText =
  | {
      readonly kind: 'login'
      readonly siwe: Siwe | null
      readonly problems: readonly string[]
      readonly text: string
    }
  | { readonly kind: 'text'; readonly text: string; readonly unseen: boolean }
  | { readonly kind: 'bytes'; readonly text: Hex }

/** Says what a message is: a login with what does not fit to its sender, a text, or bytes that nobody can read. */
export function describeMessage(message: Hex, sender: SiweSender): MessageText {
  const text = messageText(message)
  if (text === null) return { kind: 'bytes', text: message }
  const siwe = readSiwe(text)
  if (siwe === null) return { kind: 'text', text: visibleText(text), unseen: hasUnseen(text) }
  const problems = checkSiwe(siwe, sender)
  return { kind: 'login', siwe: siwe === 'malformed' ? null : siwe, problems, text: visibleText(text) }
}
