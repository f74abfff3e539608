import type { NamedAddress } from '@/entrypoints/popup/approve/addressesOfSpec'
import type { Call } from '@/lib/policy/call'
import { knownFunction } from '@/lib/policy/knownFunctions'
import { readWord } from '@/lib/policy/word'

/** Whom a call reaches, in full: its target, and the recipient or spender in the data of a well-known function. */
export function addressesOfCall({ to, data }: Call): NamedAddress[] {
  if (data === '0x') return [{ role: 'Recipient', address: to }]
  const contract = { role: 'Contract', address: to }
  const known = data.length < 10 ? null : knownFunction(`0x${data.slice(2, 10)}`)
  const place =
    known?.kind === 'spend'
      ? known.recipient
      : known?.kind === 'approve' || known?.kind === 'approveAll'
        ? known.spender
        : undefined
  const word = place === undefined ? null : readWord(data, place)
  if (word === null) return [contract]
  const role = known?.kind === 'spend' ? 'Recipient' : 'Spender'
  return [{ role, address: `0x${word.slice(-40)}` }, contract]
}
