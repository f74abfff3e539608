import type { Coverage } from '@/lib/policy/coverage'

/** Says how much of what was sent at a site a session would have signed; `null` when nothing was. */
export function coverageText({ covered, of }: Coverage): string | null {
  if (of === 0) return null
  if (of === 1)
    return covered === 1
      ? 'It would have covered your last transaction here.'
      : 'It would not have covered your last transaction here.'
  return `It would have covered ${covered} of your last ${of} transactions here.`
}
