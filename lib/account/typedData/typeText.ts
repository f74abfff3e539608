import { elementOf, type TypedDataTypes } from '@/lib/account/typedData/readTypes'

/**
 * The text of a struct and of every struct that it needs, in order of their names: `Mail(Person to)Person(string name)`.
 *
 * @see https://eips.ethereum.org/EIPS/eip-712#definition-of-encodetype
 */
export function typeText(struct: string, types: TypedDataTypes): string {
  const found = new Set<string>()
  const wanted = [struct]
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (found.has(name)) continue
    found.add(name)
    const needed = (types[name] ?? []).map(({ type }) => elementOf(type))
    wanted.push(...needed.filter((type) => Object.hasOwn(types, type)))
  }
  return [...found]
    .sort()
    .map((name) => `${name}(${(types[name] ?? []).map((field) => `${field.type} ${field.name}`).join()})`)
    .join('')
}
