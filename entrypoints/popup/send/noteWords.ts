import { shortAddress } from '@/lib/describe/shortAddress'
import type { RecipientNote } from '@/lib/messaging/sendView'

/** A note about a recipient in words. `stop`: it is not sent; `danger`: only after a deliberate act more. */
export type NoteWords = { readonly tone: 'plain' | 'caution' | 'danger' | 'stop'; readonly text: string }

/**
 * Says what is to be known of a recipient.
 *
 * @param token - Whether a token is sent, rather than the chain's own currency.
 */
export function noteWords(note: RecipientNote, token: boolean, network: string): NoteWords {
  switch (note.kind) {
    case 'zero':
      return { tone: 'stop', text: 'Nobody has this address. What goes there is lost.' }
    case 'token-contract':
      return {
        tone: 'stop',
        text: 'This is the contract of the token itself. Tokens that go there are lost. Ask for the recipient’s own address.',
      }
    case 'self':
      return { tone: 'caution', text: 'This is the account that you send from. Only the fee would be gone.' }
    case 'own':
      return note.usable
        ? { tone: 'plain', text: `This is your own account “${note.name}”.` }
        : {
            tone: 'danger',
            text: `This is your own account “${note.name}”, but it cannot be used on ${network}: what goes there stays out of reach.`,
          }
    case 'look-alike':
      return {
        tone: 'danger',
        text: `This reads like ${shortAddress(note.known)}, which you know, and is another address. Thieves make such addresses and hope that they are copied. Compare all of it.`,
      }
    case 'contract':
      return {
        tone: 'caution',
        text: token
          ? `A contract stands here on ${network}. Many cannot give tokens back that are sent to them: use the app’s own way to pay in, if it has one.`
          : `A contract stands here on ${network}. Send only if its app told you to.`,
      }
    case 'first':
      return { tone: 'plain', text: 'You have not sent to this address before.' }
  }
}
