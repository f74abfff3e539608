import type { WideningObstacle } from '@/lib/policy/widen'

const texts: Readonly<Record<WideningObstacle, string | null>> = {
  banned: 'No session can be widened to this: it guards your account.',
  malformed: 'No session can be widened to this: its data cannot be read.',
  empty: null,
  'too-many': null,
  periods: null,
  clock: null,
  // The refusal itself says the way forward: wait, resume, unlock.
  'not-active': null,
  guard: 'No session changes this: it is your own limit for all sites. You find it under Settings.',
  indistinct: 'No session can be widened to this: its limits could not tell it from other requests.',
  'too-large': 'No session can be widened to this: the numbers are larger than a session can hold.',
  batch: 'No session can be widened to this: sessions of this account make one call at a time.',
  unknown: 'The session cannot be widened now: the chain does not say what it has left.',
}

/** Says why no wider session is offered; `null` where the refusal has said all there is to say. */
export function describeObstacle(obstacle: WideningObstacle): string | null {
  return texts[obstacle]
}
