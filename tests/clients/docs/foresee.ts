import { canAutoSign, type AutoSignCall } from 'latchkey/actions'
import type { WalletClient } from 'viem'

/** What to write beside a button. */
export async function foresee(wallet: WalletClient, calls: readonly AutoSignCall[]): Promise<string> {
  const answer = await canAutoSign(wallet, { calls })
  if (answer.autoSign) return 'No prompt.'
  if (answer.reason === 'refused') return `The wallet will ask: ${answer.refusal.rule}.`
  if (answer.reason === 'locked') return 'The wallet will ask to be unlocked.'
  return 'The wallet will ask.'
}
