import { primordials } from '@/lib/provider/primordials'

/**
 * A random UUID (version 4). It is no secret, only different on each page load; `crypto` would cost every page a fifth of a
 * millisecond.
 */
export function uuid(): string {
  let text = ''
  for (let index = 0; index < 16; index++) {
    let byte = primordials.floor(primordials.random() * 256)
    if (index === 6) byte = (byte & 0x0f) | 0x40
    if (index === 8) byte = (byte & 0x3f) | 0x80
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-'
    text += (byte < 16 ? '0' : '') + primordials.hexOf(byte, 16)
  }
  return text
}
