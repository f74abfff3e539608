/** Why a session did not allow a request: the rule's name in the contracts, with its numbers as hex quantities. */
export type RefusalData = { readonly rule: string; readonly [name: string]: unknown }

/** What a wallet or node said, found anywhere in a chain of causes. */
type Explanation = {
  /** For people. */
  readonly message: string
  /** The innermost EIP-1193 or JSON-RPC code. */
  readonly code: number | null
  /** The session rule that failed, when the wallet says so. */
  readonly refusal: RefusalData | null
}

type Fields = {
  message?: unknown
  shortMessage?: unknown
  details?: unknown
  code?: unknown
  data?: unknown
  cause?: unknown
}

/** Puts an error in words: the wallet's own when it has any, since viem wraps them in several layers. */
export function explain(error: unknown): Explanation {
  let message = 'The wallet gave no reason.'
  let code: number | null = null
  let refusal: RefusalData | null = null
  let current: unknown = error
  for (let depth = 0; depth < 8 && typeof current === 'object' && current !== null; depth++) {
    const fields = current as Fields
    const text = [fields.details, fields.shortMessage, fields.message].find(isText)
    if (text) message = text
    if (typeof fields.code === 'number') code = fields.code
    refusal = refusalIn(fields.data) ?? refusal
    current = fields.cause
  }
  return { message: code === null ? message : (byCode[code]?.(message) ?? message), code, refusal }
}

/** Codes whose meaning a player should read before the wallet's words. */
const byCode: Record<number, (message: string) => string> = {
  4001: () => 'You declined in the wallet. Nothing was sent.',
  4900: (message) => `The wallet is not reachable. ${message}`,
  4902: (message) => `The wallet does not know this demo chain. ${message}`,
}

function refusalIn(data: unknown): RefusalData | null {
  if (typeof data !== 'object' || data === null) return null
  const { refusal } = data as { refusal?: { rule?: unknown } | null }
  return isText(refusal?.rule) ? (refusal as RefusalData) : null
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0
}
