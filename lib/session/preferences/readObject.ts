import { PreferencesError } from '@/lib/session/preferences/PreferencesError'

/** Members of an object that came as JSON. */
export type Members<key extends string> = { readonly [name in key]?: unknown }

/**
 * Reads an object with no other keys than those known: a key that is not understood could be a limit that is not applied.
 *
 * @throws {PreferencesError} Not an object, or it has an unknown key.
 */
export function readObject<key extends string>(
  value: unknown,
  path: string,
  keys: readonly key[],
): Members<key> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PreferencesError(path, 'must be an object.')
  const known = new Set<string>(keys)
  for (const name of Object.keys(value))
    if (!known.has(name))
      throw new PreferencesError(
        path === '' ? name.slice(0, 80) : `${path}.${name.slice(0, 80)}`,
        `is not known here. Use ${keys.join(', ')}.`,
      )
  return value as Members<key>
}

/**
 * Reads a list; a missing one is empty.
 *
 * @throws {PreferencesError} Not a list.
 */
export function readList(value: unknown, path: string): readonly unknown[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw new PreferencesError(path, 'must be a list.')
  return value
}
