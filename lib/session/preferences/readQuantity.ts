import { PreferencesError } from '@/lib/session/preferences/PreferencesError'

/** Decimal digits or a hex quantity: how bigints travel. */
const integerText = /^(?:0x[0-9a-f]{1,64}|[0-9]{1,78})$/i

/** Whether a value is an integer in one of the forms in which bigints travel. */
export function isQuantity(value: unknown): value is string | number | bigint {
  if (typeof value === 'string') return integerText.test(value)
  return typeof value === 'bigint' ? value >= 0n : Number.isSafeInteger(value) && Number(value) >= 0
}

/**
 * Reads an unsigned integer.
 *
 * @param bytes - Width of the field that will hold it.
 * @throws {PreferencesError} Not an integer, negative, or too wide.
 */
export function readQuantity(value: unknown, path: string, bytes: number): bigint {
  if (!isQuantity(value))
    throw new PreferencesError(
      path,
      'must be a whole number, as a hex quantity ("0x…") or in decimal digits.',
    )
  const quantity = BigInt(value)
  if (quantity >= 2n ** BigInt(8 * bytes))
    throw new PreferencesError(path, `must be less than 2^${8 * bytes}.`)
  return quantity
}
