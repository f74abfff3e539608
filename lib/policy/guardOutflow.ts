import type { Address } from 'viem'
import type { Call } from '@/lib/policy/call'
import type { DailyCeiling } from '@/lib/policy/guards'
import { knownFunction } from '@/lib/policy/knownFunctions'
import { readWord } from '@/lib/policy/word'

/**
 * What a call takes of an asset, judged by its value and by the known functions of tokens. An approval counts in full: what is
 * approved can be taken.
 *
 * @returns In the asset's smallest unit; `null` for a call to the asset's own contract whose amount cannot be read.
 */
export function guardOutflow(call: Call, asset: DailyCeiling['asset']): bigint | null {
  if (asset === 'native') return call.value
  if ((call.to.toLowerCase() as Address) !== asset || call.data === '0x') return 0n
  const known = knownFunction(call.data.slice(0, 10) as `0x${string}`)
  if (known?.kind !== 'spend' && known?.kind !== 'approve') return null
  const word = readWord(call.data, known.amount)
  return word === null ? null : BigInt(word)
}
