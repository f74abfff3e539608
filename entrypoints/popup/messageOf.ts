import { BaseError } from '@/lib/errors/BaseError'

/**
 * The sentence of an error for the owner. Errors of the wallet carry one; anything else is a defect, and is shown with its own
 * words so that it can be reported.
 */
export function messageOf(error: unknown): string {
  if (error instanceof BaseError) return error.message
  return `Latchkey met an error it does not know: ${error instanceof Error ? error.message : String(error)}`
}
