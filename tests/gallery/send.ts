import { getAddress, parseEther, zeroAddress, type Address } from 'viem'
import type { CommandInput } from '@/entrypoints/popup/command'
import { BaseError } from '@/lib/errors/BaseError'
import type { RecipientNote, SendQuote } from '@/lib/messaging/sendView'
import type { Scene } from '@/tests/gallery/scenes'
import { busy, chainId, friend, orchard, owner, shop, token } from '@/tests/gallery/snapshot'

const twin = getAddress(
  `${friend.slice(0, 6).toLowerCase()}${'0'.repeat(32)}${friend.slice(-4).toLowerCase()}`,
)

/** What the gallery's wallet knows of a recipient. */
export function notesOf(to: string): RecipientNote[] {
  if (to === zeroAddress) return [{ kind: 'zero' }]
  if (to === twin) return [{ kind: 'look-alike', known: friend }, { kind: 'contract' }, { kind: 'first' }]
  if (to === owner) return [{ kind: 'self' }]
  return to === friend ? [] : [{ kind: 'contract' }, { kind: 'first' }]
}

/** What sending costs there. */
export function quoteOf({ to, asset }: CommandInput<'sendQuote'>): SendQuote {
  if (to === orchard)
    throw new BaseError('The transaction would fail: the recipient takes no ETH. Nothing was sent.')
  const balance = asset === 'native' ? parseEther('1.28435') : parseEther('94.3')
  return {
    balance,
    most: balance - parseEther('0.00015'),
    maxFee: parseEther('0.000123456'),
    payer: to === shop ? { kind: 'sponsor', by: 'network', paymaster: shop } : { kind: 'account' },
  }
}

const send = (name: string, type: Record<string, string>): Scene => ({
  name,
  hash: `#/send?account=${owner.toLowerCase()}&chain=${chainId}`,
  snapshot: {
    ...busy,
    watchedTokens: [{ chainId, address: token.toLowerCase() as Address, symbol: 'DEMO', decimals: 18 }],
  },
  type,
})

/** Sending, and what there is to know of recipients. */
export const sendScenes: readonly Scene[] = [
  send('send', {}),
  send('send-ready', { To: friend, Amount: '0.25' }),
  send('send-comma', { To: `${friend.slice(0, -1)}`, Amount: '0,25' }),
  send('send-contract', { To: shop.toLowerCase(), Amount: '2' }),
  send('send-twin', { To: twin, Amount: '1.284349' }),
  send('send-zero', { To: zeroAddress, Amount: '1' }),
  send('send-fails', { To: orchard, Amount: '1' }),
]
