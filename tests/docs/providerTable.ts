import { readdirSync, readFileSync } from 'node:fs'
import { methodTable } from '@/lib/rpc/methodTable'
import { readMethods } from '@/lib/rpc/readMethods'

/** A method as `docs/provider.md` lists it. */
export type ProviderRow = {
  readonly method: string
  readonly standard: string
  /** Whether the site must be connected. */
  readonly access: string
  /** What it does, first sentence of its doc comment. */
  readonly about: string
  /** Test files that call it, from the root. */
  readonly tests: readonly string[]
}

const folders = ['tests/unit/rpc', 'tests/e2e']

/** Every method of the provider, by name. */
export function providerRows(): ProviderRow[] {
  const sources = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.(test|spec)\.ts$/.test(name))
      .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(`${folder}/${name}`, 'utf8') })),
  )
  const testsOf = (method: string) =>
    sources.filter(({ text }) => new RegExp(`['"\`]${method}['"\`]`).test(text)).map(({ file }) => file)
  const own = [...methodTable.values()].map(({ name, standard, access }) => ({
    method: name,
    standard,
    access: access === 'connected' ? 'connected' : 'any',
    about: aboutOf(name),
    tests: testsOf(name),
  }))
  const reads = [...readMethods].map((method) => ({
    method,
    standard: 'EIP-1474',
    access: 'any',
    about: 'Passed on to the node of the site’s chain.',
    tests: ['tests/unit/rpc/readMethods.test.ts', ...testsOf(method)],
  }))
  return [...own, ...reads].sort((a, b) => (a.method < b.method ? -1 : 1))
}

/** First sentence of the comment above the method's declaration, without its name in front. */
function aboutOf(method: string): string {
  const source = readFileSync(`lib/rpc/methods/${method}.ts`, 'utf8')
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const/.exec(source)?.[1] ?? ''
  const text = comment.replaceAll(/\n\s*\*/g, '\n').split(/\n\s*\n|\n\s*@/)[0] ?? ''
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  const behind = /^[^:]*`:\s*(.*)$/.exec(flat)?.[1] ?? flat
  const [first = behind, second = ''] = behind.match(/.+?[.](?=\s|$)/g) ?? []
  const sentence = first.length < 30 ? first + second : first
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
