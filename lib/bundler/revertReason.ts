import { decodeErrorResult, isHex, parseAbi, type Hex } from 'viem'
import { sessionKeyValidatorAbi } from '@/lib/chains/abi/sessionKeyValidator.gen'
import { zksyncSessionAbi } from '@/lib/chains/abi/zksyncSso'
import type { ServerRefusedError } from '@/lib/bundler/requestServer'

const solidityErrors = parseAbi(['error Error(string reason)', 'error Panic(uint256 code)'])
const abi = [...solidityErrors, ...sessionKeyValidatorAbi, ...zksyncSessionAbi]

/**
 * The reason in a bundler's refusal, in words where the contract gave words: `Error(string)`, `Panic(uint256)` and the session
 * modules' errors are decoded, from the message or from the data beside it. Otherwise the bundler's own message without its long
 * hex strings.
 */
export function revertReason(error: Pick<ServerRefusedError, 'reason' | 'serverData'>): string {
  const texts = [error.reason, JSON.stringify(error.serverData ?? '')]
  for (const text of texts)
    for (const [candidate] of text.matchAll(/0x(?:[0-9a-f]{2}){4,}/gi)) {
      const decoded = isHex(candidate) ? decode(candidate) : null
      if (decoded !== null) return decoded
    }
  return error.reason.replace(/0x[0-9a-f]{80,}/gi, (hex) => `${hex.slice(0, 10)}…`).slice(0, 300)
}

function decode(data: Hex): string | null {
  try {
    const { errorName, args } = decodeErrorResult({ abi, data })
    if (errorName === 'Error') return String(args[0]).slice(0, 300)
    if (errorName === 'Panic') return `panic 0x${BigInt(args[0]).toString(16)}`
    return `${errorName}(${(args ?? []).join(', ')})`
  } catch {
    // Not an error of these: an address, a hash, a foreign error. The caller shows the message as it came.
    return null
  }
}
