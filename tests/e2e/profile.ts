import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { hexToBytes, type Hex } from 'viem'

/** Bytes of a secret that suffice to recognise it; LevelDB's compression may cut a longer run. */
const window = 8

/**
 * Files of a browser's profile that hold a secret: any eight bytes in a row of it, as bytes, as an array of numbers in V8's
 * serialisation, or as text in UTF-8 or UTF-16: hex, Base64, decimal numbers with or without spaces, members by index. Deleted records stand in the logs of LevelDB until they are compacted, and are found there.
 */
export function filesWith(folder: string, secret: Hex): string[] {
  const needles = needlesOf(hexToBytes(secret))
  return filesIn(folder).filter((path) => {
    const content = contentOf(path)
    return needles.some((needle) => content.includes(needle))
  })
}

/** Nothing, of a file that the running browser took away since it was listed. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
}

function needlesOf(secret: Uint8Array): Buffer[] {
  const bytes = Buffer.from(secret)
  const parts: Buffer[] = []
  for (let start = 0; start + window <= bytes.length; start += window)
    parts.push(bytes.subarray(start, start + window))
  const texts = parts.flatMap((part, place) => {
    const hex = part.toString('hex')
    const numbers = [...part]
    const members = numbers.map((byte, index) => `"${place * window + index}":${byte}`)
    return [hex, hex.toUpperCase(), numbers.join(','), numbers.join(', '), members.join(',')]
  })
  // Chromium's storage sorts the members of an object by their names: 0, 1, 10, 11, …
  const names = [...bytes.keys()].map(String).sort()
  const sorted = names.map((name) => `"${name}":${bytes[Number(name)]}`)
  for (let start = 0; start + window <= sorted.length; start += window)
    texts.push(sorted.slice(start, start + window).join(','))
  // Base64 of whole bytes from offsets 0, 1 and 2, without the ends that depend on neighbours.
  for (const offset of [0, 1, 2]) {
    const text = bytes.subarray(offset, offset + 24).toString('base64')
    texts.push(text, text.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return [
    ...parts,
    ...parts.map(serialized),
    ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]),
  ]
}

/** An array of small integers as IndexedDB stores it: each with its tag, zigzag and varint. */
function serialized(part: Buffer): Buffer {
  return Buffer.from(
    [...part].flatMap((byte) =>
      byte < 64 ? [0x49, byte * 2] : [0x49, ((byte * 2) & 0x7f) | 0x80, (byte * 2) >> 7],
    ),
  )
}
