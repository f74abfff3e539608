import type { Address } from 'viem'
import type { Call } from '@/lib/policy/call'
import { knownFunction } from '@/lib/policy/knownFunctions'
import { readWord } from '@/lib/policy/word'

/** The one address of Permit2, on every chain. @see https://github.com/Uniswap/permit2 */
export const permit2: Address = '0x000000000022d473030f116ddee9f6b43ac78ba3'

/** `approve(address token, address spender, uint160 amount, uint48 expiration)` of Permit2. */
export const permit2Approve = '0x87517c45'

/** Somebody who may take tokens of an account; addresses in lower case. */
export type ApprovalPlace = {
  /** `token`: an ERC-20's allowance. `collection`: all collectibles of a contract. `permit2`: an allowance that Permit2 keeps. */
  readonly kind: 'token' | 'collection' | 'permit2'
  readonly token: Address
  readonly spender: Address
}

/** What a call approves, judged by its target, selector and words; `null` when it is no approval. */
export function approvalMade({ to, data }: Call): ApprovalPlace | null {
  if (data.length < 10) return null
  const selector = data.slice(0, 10).toLowerCase() as `0x${string}`
  if (to.toLowerCase() === permit2 && selector === permit2Approve) {
    const [token, spender] = [addressAt(data, 0), addressAt(data, 1)]
    return token === null || spender === null ? null : { kind: 'permit2', token, spender }
  }
  const known = knownFunction(selector)
  if (known?.kind !== 'approve' && known?.kind !== 'approveAll') return null
  const spender = addressAt(data, known.spender)
  if (spender === null) return null
  const kind = known.kind === 'approve' ? 'token' : 'collection'
  return { kind, token: to.toLowerCase() as Address, spender }
}

function addressAt(data: Call['data'], index: number): Address | null {
  const word = readWord(data, index)
  return word === null ? null : (`0x${word.slice(-40).toLowerCase()}` as Address)
}
