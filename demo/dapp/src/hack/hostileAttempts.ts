import { accountAttempts } from './accountAttempts'
import type { Attempt, Scene } from './attempt'
import { batchAttempts } from './batchAttempts'
import { etherAttempts } from './etherAttempts'
import { orchardAttempts } from './orchardAttempts'
import { tokenAttempts } from './tokenAttempts'

/** The 40 requests of the hacked site: 32 outside the session, then 8 that use up what it allows. */
export function hostileAttempts(scene: Scene): readonly Attempt[] {
  return [
    ...tokenAttempts(scene),
    ...etherAttempts(scene),
    ...orchardAttempts(scene),
    ...accountAttempts(scene),
    ...batchAttempts(scene),
  ]
}
