import { BaseError } from '@/lib/errors/BaseError'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Checks the address of a node, bundler or paymaster: `https`, or `http` on this computer.
 *
 * @param text - As a user or a dapp gave it.
 * @param role - What it is the address of, for the message: "RPC URL".
 * @returns The normalised URL.
 * @throws {ServerUrlError} Anything else.
 */
export function parseServerUrl(text: string, role: string): string {
  if (!URL.canParse(text)) throw new ServerUrlError(role, text, 'it is no URL')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '')
    throw new ServerUrlError(role, text, 'it carries a user name or a password')
  if (url.protocol === 'https:') return url.href
  if (url.protocol !== 'http:') throw new ServerUrlError(role, text, `${url.protocol} is not supported`)
  if (!isLoopback(url.hostname))
    throw new ServerUrlError(role, text, 'http is only for servers on this computer')
  return url.href
}

function isLoopback(hostname: string): boolean {
  return loopback.has(hostname) || hostname.endsWith('.localhost')
}

/** The address of a server cannot be used. */
export class ServerUrlError extends BaseError {
  override readonly name = 'Chains.ServerUrlError'

  constructor(role: string, text: string, reason: string) {
    super(`${role} "${text.slice(0, 200)}" cannot be used: ${reason}. Use an https:// address.`, {
      code: -32602,
    })
  }
}
