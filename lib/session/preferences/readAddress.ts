import { isAddress, type Address } from 'viem'
import { PreferencesError } from '@/lib/session/preferences/PreferencesError'

/** Reads an address, with a right EIP-55 checksum where it has mixed case. @throws {PreferencesError} Not an address. */
export function readAddress(value: unknown, path: string): Address {
  if (typeof value !== 'string' || !isAddress(value))
    throw new PreferencesError(
      path,
      'must be an address of 20 bytes, with a right checksum if in mixed case.',
    )
  return value.toLowerCase() as Address
}
