import { BaseError, bytesToHex, hexToBytes, type Hex } from 'viem'
import type { ExpectedInput } from './expected'
import { codec, latchkey } from './world'

/**
 * The rules by which the wallet refuses, on purpose, what the contracts may allow. There are no others: any other operation that
 * the wallet refuses and the chain would take is a defect.
 */
export const stricterRules = {
  expiredByTheClock:
    'The wallet’s clock is past the expiry, the chain’s is not: an expired session signs nothing.',
  closesItself:
    'On chain a session may end itself. In the wallet the owner does that; a site cannot, the module being a banned target.',
  oneCallAsBatch:
    'The chain takes a batch of one call. The wallet writes, and so reads, one call in single mode only.',
  paddingNotZero:
    'The chain ignores the bytes that pad calldata to whole words. The wallet writes, and so reads, zeros.',
} as const

export type Stricter = keyof typeof stricterRules

const executeHead = 'e9ae5c53'
const batchMode = `01${'00'.repeat(31)}`
/** `revokeSession(bytes32)` */
export const revokeSession: Hex = '0xa7fed385'

/** The rule by which the wallet is stricter about this operation; `null` when wallet and chain are to agree. */
export function strictness({ step, callData, calls, verdict, id }: ExpectedInput): Stricter | null {
  if (verdict.ok) return null
  if (calls === null) return strictnessOfForm(callData)
  const [only, second] = calls
  const closes =
    only?.to.toLowerCase() === latchkey.sessionKeyValidator.toLowerCase() &&
    only.data.toLowerCase() === `${revokeSession}${id.slice(2)}` &&
    only.value === 0n
  if (closes && second === undefined) return 'closesItself'
  const isExpired = 'refusal' in verdict && verdict.refusal.rule === 'SessionExpired'
  return isExpired && step.hint > step.now ? 'expiredByTheClock' : null
}

function strictnessOfForm(callData: Hex): Stricter | null {
  const bytes = hexToBytes(callData)
  if (bytes.length < 164 || bytesToHex(bytes.subarray(0, 4)) !== `0x${executeHead}`) return null
  const isBatch = bytesToHex(bytes.subarray(4, 36)) === `0x${batchMode}`
  const changed = clearPadding(bytes, isBatch)
  if (isBatch && word(bytes, 132) === 1) return 'oneCallAsBatch'
  if (!changed) return null
  try {
    codec.decodeCalls(bytesToHex(bytes))
    return 'paddingNotZero'
  } catch (error) {
    if (error instanceof BaseError || (error instanceof Error && error.name.startsWith('Account.')))
      return null
    throw error
  }
}

/** @returns Whether any byte was not zero. */
function clearPadding(bytes: Uint8Array, isBatch: boolean): boolean {
  const end = 100 + word(bytes, 68)
  let changed = clear(bytes, end, bytes.length)
  if (!isBatch) return changed
  const base = 164
  for (let index = 0; index < Math.min(word(bytes, 132), 32); index++) {
    const element = base + word(bytes, base + 32 * index)
    const length = word(bytes, element + 96)
    const start = element + 128 + length
    changed = clear(bytes, start, element + 128 + Math.ceil(length / 32) * 32) || changed
  }
  return changed
}

function clear(bytes: Uint8Array, start: number, end: number): boolean {
  const range = bytes.subarray(Math.min(start, bytes.length), Math.min(end, bytes.length))
  const changed = range.length < 32 && range.some((byte) => byte !== 0)
  if (changed) range.fill(0)
  return changed
}

/** A word as a number; beyond the bytes, or past 32 bits, the end of all bytes. */
function word(bytes: Uint8Array, at: number): number {
  const range = bytes.subarray(at, at + 32)
  const value = range.length < 32 ? 2 ** 32 : Number(BigInt(bytesToHex(range)))
  return Math.min(value, 2 ** 32)
}
