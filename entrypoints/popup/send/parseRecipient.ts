import { getAddress, isAddress, type Address } from 'viem'

/** What was typed: an address, what is wrong with it, or neither while it is empty. */
export type TypedRecipient = {
  readonly address: Address | null
  readonly error: string | null
  /** Whether the address carries a checksum (EIP-55) that a slip of the hand would break. */
  readonly checked: boolean
}

/**
 * Reads a recipient as it is typed or pasted. Capitals among small letters are a checksum, which must fit.
 *
 * @see https://eips.ethereum.org/EIPS/eip-55
 */
export function parseRecipient(text: string): TypedRecipient {
  const typed = text.trim()
  if (typed === '') return { address: null, error: null, checked: false }
  if (!/^0x/i.test(typed))
    return wrong(
      typed.includes('.')
        ? 'Names are not looked up. Enter the address, 0x and 40 characters.'
        : 'An address begins with 0x.',
    )
  const digits = typed.slice(2)
  if (!/^[0-9a-f]*$/i.test(digits)) return wrong('An address has the digits 0–9 and the letters a–f only.')
  if (digits.length !== 40) return wrong(`An address has 40 characters after 0x, this has ${digits.length}.`)
  const checked = digits !== digits.toLowerCase() && digits !== digits.toUpperCase()
  if (checked && !isAddress(`0x${digits}`))
    return wrong('A character of this address is wrong: its capitals do not fit. Copy it again.')
  return { address: getAddress(`0x${digits.toLowerCase()}`), error: null, checked }
}

const wrong = (error: string): TypedRecipient => ({ address: null, error, checked: false })
