import type { Address } from 'viem'
import { formatMoment } from '@/lib/describe/formatTime'
import { shortAddress } from '@/lib/describe/shortAddress'
import type { Siwe } from '@/lib/describe/siwe/readSiwe'

/** Who asked for a login, and as whom the site sees the owner. */
export type SiweSender = {
  readonly origin: string
  readonly account: Address
  readonly chainId: number
  /** Unix seconds. */
  readonly now: number
}

/**
 * What does not fit between a login message and the site that asks for it, in sentences; empty when all fits. A login for another
 * site is how a phishing page signs in as its visitor.
 *
 * @see https://eips.ethereum.org/EIPS/eip-4361#wallet-implementer-steps
 */
export function checkSiwe(siwe: Siwe | 'malformed', sender: SiweSender): string[] {
  if (siwe === 'malformed')
    return ['This looks like a login, but is not written as one. Nobody can tell which site it is for.']
  const { origin, account, chainId, now } = sender
  const asker = new URL(origin)
  const problems: string[] = []
  if (!isHostOf(siwe.domain, asker))
    problems.push(
      `This login is for ${siwe.domain}, but ${asker.host} asks for it. Who has it can act as you on ${siwe.domain}.`,
    )
  if (siwe.scheme !== undefined && `${siwe.scheme.toLowerCase()}:` !== asker.protocol)
    problems.push(`This login is for ${siwe.scheme}://, but the site is ${asker.protocol}//.`)
  if (!URL.canParse(siwe.uri) || new URL(siwe.uri).origin !== asker.origin)
    problems.push(`This login is for ${siwe.uri.slice(0, 200)}, which is not on ${asker.host}.`)
  if (siwe.address.toLowerCase() !== account.toLowerCase())
    problems.push(
      `This login is for the account ${shortAddress(siwe.address as Address)}, not for yours, ${shortAddress(account)}.`,
    )
  if (siwe.chainId !== chainId)
    problems.push(`This login is for chain ${siwe.chainId}, but the site is on chain ${chainId}.`)
  if (siwe.expirationTime !== undefined && siwe.expirationTime <= now)
    problems.push(`This login ended ${formatMoment(siwe.expirationTime, { now })}.`)
  if (siwe.notBefore !== undefined && siwe.notBefore > now)
    problems.push(`This login counts only from ${formatMoment(siwe.notBefore, { now })}.`)
  return problems
}

/** Whether a domain, with or without its scheme's own port, is the host of the site. */
function isHostOf(domain: string, asker: URL): boolean {
  const url = `${asker.protocol}//${domain}`
  return URL.canParse(url) && new URL(url).origin === asker.origin
}
