/** A login message, in its parts. Times in Unix seconds. */
export type Siwe = {
  readonly scheme?: string | undefined
  /** Host, and port where one is named. */
  readonly domain: string
  readonly address: string
  readonly statement?: string | undefined
  readonly uri: string
  readonly chainId: number
  readonly nonce: string
  readonly issuedAt: number
  readonly expirationTime?: number | undefined
  readonly notBefore?: number | undefined
  readonly requestId?: string | undefined
  readonly resources: readonly string[]
}

const phrase = ' wants you to sign in with your Ethereum account:'
const head = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):\/\/)?([^\s/?#@\\]+)$/

/**
 * Reads a login message, strictly as the standard writes it.
 *
 * @returns `null` when it is none and does not look like one; `malformed` when it only looks like one.
 * @see https://eips.ethereum.org/EIPS/eip-4361
 */
export function readSiwe(text: string): Siwe | 'malformed' | null {
  if (!text.includes(phrase.trim())) return null
  const lines = text.split('\n')
  const next = () => lines.shift()
  const [, scheme, domain] = head.exec(next()?.split(phrase)[0] ?? '') ?? []
  if (domain === undefined || !text.startsWith(`${scheme ? `${scheme}://` : ''}${domain}${phrase}\n`))
    return 'malformed'
  const address = next()
  if (address === undefined || !/^0x[0-9a-fA-F]{40}$/.test(address) || next() !== '') return 'malformed'
  const statement = lines[0] === '' ? undefined : next()
  if (next() !== '') return 'malformed'
  const field = (label: string) =>
    lines[0]?.startsWith(`${label}: `) ? next()?.slice(label.length + 2) : undefined
  const uri = field('URI')
  const version = field('Version')
  const chainId = field('Chain ID')
  const nonce = field('Nonce')
  const issuedAt = timeOf(field('Issued At'))
  const expirationTime = timeOf(field('Expiration Time'))
  const notBefore = timeOf(field('Not Before'))
  const requestId = field('Request ID')
  const resources = resourcesOf(lines)
  if (uri === undefined || version !== '1' || !/^\d{1,15}$/.test(chainId ?? '')) return 'malformed'
  if (!/^[a-zA-Z0-9]{8,}$/.test(nonce ?? '') || nonce === undefined || resources === null) return 'malformed'
  if (typeof issuedAt !== 'number' || expirationTime === null || notBefore === null) return 'malformed'
  const stated = { scheme, domain, address, statement, uri, chainId: Number(chainId), nonce, issuedAt }
  return { ...stated, expirationTime, notBefore, requestId, resources }
}

const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i

/** `null` for what is no time of RFC 3339. */
function timeOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined
  const at = time.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(at) ? null : Math.floor(at / 1000)
}

/** What is left must be the list of resources, or nothing. */
function resourcesOf(lines: readonly string[]): string[] | null {
  const rest = lines.at(-1) === '' ? lines.slice(0, -1) : lines
  const [label, ...items] = rest
  if (label === undefined) return []
  if (label !== 'Resources:' || items.some((item) => !item.startsWith('- '))) return null
  return items.map((item) => item.slice(2))
}
