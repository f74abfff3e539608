import type { RpcError } from '@/lib/messaging/page'
import type { PageMessage } from './pageChannel'

/** Greatest length of the parameters as JSON, in UTF-16 units. */
export const maxParamsLength = 1_000_000
/** Greatest nesting of the parameters. */
export const maxParamsDepth = 64

/** A request of the page, or why it is refused. */
export type PageRequest =
  | { readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly id: number; readonly error: RpcError }

/**
 * Reads a request before anything of it reaches the background: JSON, at most 1 MB, at most 64 levels deep.
 *
 * @returns `null` for a message without an id, which nobody can be answered.
 */
export function readRequest({ id, method, params }: PageMessage): PageRequest | null {
  if (typeof id !== 'number') return null
  const refuse = (message: string): PageRequest => ({ id, error: { code: -32602, message } })
  if (typeof method !== 'string' || method === '' || method.length > 200)
    return refuse('`method` must be a method name.')
  if (params === undefined) return { id, method, params: undefined }
  if (typeof params !== 'string') return refuse('`params` must be JSON.')
  if (params.length > maxParamsLength) return refuse('`params` are over 1 MB. Send less at a time.')
  if (isDeeper(params, maxParamsDepth))
    return refuse(`\`params\` are nested deeper than ${maxParamsDepth} levels.`)
  try {
    return { id, method, params: JSON.parse(params) as unknown }
  } catch (error) {
    return refuse(`\`params\` must be JSON: ${(error as Error).message}`)
  }
}

/** Whether JSON text is nested deeper than so many levels; found before anything is built from it. */
function isDeeper(text: string, levels: number): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inString && character === '\\') index += 1
    else if (character === '"') inString = !inString
    else if (inString) continue
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    if (depth > levels) return true
  }
  return false
}
