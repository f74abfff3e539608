/** What the owner must see of an origin. */
export type OriginParts = {
  /** With the colon: `https:`. */
  readonly scheme: string
  /** In its ASCII form (punycode), with a port that is not the scheme's default. */
  readonly host: string
  readonly secure: boolean
  /** Neither encrypted nor this computer's own. */
  readonly plaintext: boolean
  /** The name holds letters outside ASCII, which can look like others. */
  readonly lookAlike: boolean
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$|\.localhost$/

/**
 * Splits an origin for display. What is no URL is shown as it stands, and never as secure.
 *
 * @param origin - As the browser tells it, for example `https://orchard.example`.
 */
export function readOrigin(origin: string): OriginParts {
  if (!URL.canParse(origin))
    return { scheme: '', host: origin, secure: false, plaintext: true, lookAlike: false }
  const url = new URL(origin)
  const secure = url.protocol === 'https:'
  return {
    scheme: url.protocol,
    host: url.host,
    secure,
    plaintext: !secure && !loopback.test(url.hostname),
    lookAlike: url.hostname.split('.').some((label) => label.startsWith('xn--')),
  }
}
