import type { SuggestionObstacle } from '@/lib/policy/suggestSession'

/** Says why the wallet goes on asking: why no session is suggested for a request. */
export function describeSuggestionObstacle(obstacle: SuggestionObstacle): string {
  switch (obstacle.kind) {
    case 'banned':
      return 'You are asked each time: it touches what guards your account.'
    case 'batch':
      return 'You are asked each time: sessions of this account make one call at a time.'
    case 'unknown':
      return `You are asked each time: nobody has told the wallet what \`${obstacle.selector ?? 'this'}\` does, so no limit could hold it.`
    case 'lasting':
      return `You are asked each time: \`${obstacle.name ?? 'this'}\` gives away a right that would outlive every session.`
    case 'open':
      return `You are asked each time: \`${obstacle.name ?? 'this'}\` can carry any instruction, which no limit can read.`
    case 'collectible':
      return 'You are asked each time: no limit counts what a collectible is worth.'
    case 'unlimited':
      return 'You are asked each time: the amount has no bound.'
    case 'indistinct':
      return 'You are asked each time: no limits could tell this from other requests.'
    case 'too-large':
      return 'You are asked each time: the numbers are larger than a session can hold.'
    case 'frame':
      return 'You are asked each time: sessions sign for a site itself, not for a frame in another one.'
  }
}
