import { decodeErrorResult, isHex, parseAbi, type Hex } from 'viem'
import type { ServerRefusedError } from '@/lib/bundler/requestServer'

const solidityErrors = parseAbi(['error Error(string reason)', 'error Panic(uint256 code)'])
const errorSelectors = ['08c379a0', '4e487b71']

/**
 * The reason in a bundler's refusal, in words where the contract gave words: `Error(string)` and `Panic(uint256)` data in the
 * message or beside it are decoded. Otherwise the bundler's own message without its long hex strings.
 */
export function revertReason(error: Pick<ServerRefusedError, 'reason' | 'serverData'>): string {
  const texts = [error.reason, JSON.stringify(error.serverData ?? '')]
  for (const text of texts)
    for (const [candidate] of text.matchAll(/0x[0-9a-f]{8,}/gi)) {
      const decoded = isHex(candidate) ? decode(candidate) : null
      if (decoded !== null) return decoded
    }
  return error.reason.replace(/0x[0-9a-f]{80,}/gi, (hex) => `${hex.slice(0, 10)}…`).slice(0, 300)
}

function decode(data: Hex): string | null {
  if (!errorSelectors.includes(data.slice(2, 10).toLowerCase())) return null
  try {
    const { errorName, args } = decodeErrorResult({ abi: solidityErrors, data })
    return errorName === 'Error' ? args[0] : `panic 0x${args[0].toString(16)}`
  } catch {
    // Truncated or foreign data behind a known selector: the caller shows the message as it came.
    return null
  }
}
