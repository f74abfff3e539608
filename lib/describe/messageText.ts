import { hexToBytes, type Hex } from 'viem'

/** A message's bytes as text; `null` when they are none (not UTF-8). */
export function messageText(message: Hex): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(hexToBytes(message))
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
