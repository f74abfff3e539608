import { decodeErrorResult, parseAbi, size, type Hex } from 'viem'
import { visibleText } from '@/lib/describe/visibleText'

const longest = 200

const abi = parseAbi([
  'error Error(string reason)',
  'error Panic(uint256 code)',
  'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
  'error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
  'error ERC721NonexistentToken(uint256 id)',
  'error ERC721IncorrectOwner(address sender, uint256 id, address owner)',
  'error ERC721InsufficientApproval(address operator, uint256 id)',
  'error ERC1155InsufficientBalance(address sender, uint256 balance, uint256 needed, uint256 id)',
  'error OwnableUnauthorizedAccount(address account)',
  'error SafeERC20FailedOperation(address token)',
])

const sentences: Readonly<Record<string, string>> = {
  ERC20InsufficientBalance: 'there are not enough tokens',
  ERC20InsufficientAllowance: 'the approval for the tokens is too small',
  ERC721NonexistentToken: 'there is no such item',
  ERC721IncorrectOwner: 'the item belongs to somebody else',
  ERC721InsufficientApproval: 'there is no approval for the item',
  ERC1155InsufficientBalance: 'there are not enough items',
  OwnableUnauthorizedAccount: 'only the contract’s owner may do this',
  SafeERC20FailedOperation: 'a token refused',
}

/** Why a call reverted, as a part of a sentence: the contract’s own words in quotes; `null` when it gave no reason. */
export function revertText(data: Hex): string | null {
  if (size(data) < 4) return null
  try {
    const { errorName, args } = decodeErrorResult({ abi, data })
    if (errorName === 'Error') return quoted(String(args[0]))
    if (errorName === 'Panic') return args[0] === 17n ? 'a sum is out of range' : `panic ${args[0]}`
    return sentences[errorName] ?? errorName
  } catch (error) {
    if (error instanceof Error) return `the contract’s own error ${data.slice(0, 10)}`
    throw error
  }
}

function quoted(reason: string): string | null {
  const text = visibleText(reason.trim()).replaceAll('`', '').replaceAll('\n', ' ')
  if (text === '') return null
  return text.length > longest ? `“${text.slice(0, longest)}…”` : `“${text}”`
}
