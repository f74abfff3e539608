import type { Coverage } from '@/lib/policy/coverage'
import type { SuggestionObstacle } from '@/lib/policy/suggestSession'

/** The session that would sign calls like those of a request from now on; or why none is suggested. */
export type SuggestionView =
  | { readonly possible: false; readonly obstacle: SuggestionObstacle }
  | {
      readonly possible: true
      /** How much of what the site sent before it would have signed. */
      readonly coverage: Coverage
      /** How often the owner approved the like of it once. */
      readonly similar: number
      /** Whether that is often enough to offer it, and the owner did not decline. */
      readonly offered: boolean
    }
