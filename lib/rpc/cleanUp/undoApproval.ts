import { encodeFunctionData, erc20Abi, parseAbi } from 'viem'
import { permit2, type ApprovalPlace } from '@/lib/policy/approvalMade'
import type { Call } from '@/lib/policy/call'

const collectionAbi = parseAbi(['function setApprovalForAll(address operator, bool approved)'])
const permit2Abi = parseAbi([
  'function approve(address token, address spender, uint160 amount, uint48 expiration)',
])

/** The call by which an account takes an approval back. */
export function undoApproval({ kind, token, spender }: ApprovalPlace): Call {
  if (kind === 'token') {
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, 0n] })
    return { to: token, value: 0n, data }
  }
  if (kind === 'collection') {
    const args = [spender, false] as const
    const data = encodeFunctionData({ abi: collectionAbi, functionName: 'setApprovalForAll', args })
    return { to: token, value: 0n, data }
  }
  const args = [token, spender, 0n, 0] as const
  const data = encodeFunctionData({ abi: permit2Abi, functionName: 'approve', args })
  return { to: permit2, value: 0n, data }
}
