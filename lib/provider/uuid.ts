import { primordials } from '@/lib/provider/primordials'

/** A random UUID (version 4); `crypto.randomUUID` is missing on plain http pages. */
export function uuid(): string {
  const bytes = primordials.randomValues(new Uint8Array(16))
  let text = ''
  for (let index = 0; index < 16; index++) {
    let byte = bytes[index] ?? 0
    if (index === 6) byte = (byte & 0x0f) | 0x40
    if (index === 8) byte = (byte & 0x3f) | 0x80
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-'
    text += (byte < 16 ? '0' : '') + primordials.hexOf(byte, 16)
  }
  return text
}
