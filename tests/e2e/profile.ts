import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { hexToBytes, type Hex } from 'viem'

/** Bytes of a secret that suffice to recognise it; LevelDB's compression may cut a longer run. */
const window = 8

/**
 * Files of a browser's profile that hold a secret: any eight bytes in a row of it, as bytes, or its hex or Base64 text in UTF-8 or
 * UTF-16. Deleted records stand in the logs of LevelDB until they are compacted, and are found there.
 */
export function filesWith(folder: string, secret: Hex): string[] {
  const needles = needlesOf(hexToBytes(secret))
  return filesIn(folder).filter((path) => {
    const content = readFileSync(path)
    return needles.some((needle) => content.includes(needle))
  })
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
  const texts = parts.flatMap((part) => {
    const hex = part.toString('hex')
    return [hex, hex.toUpperCase(), [...part].join(',')]
  })
  // Base64 of whole bytes from offsets 0, 1 and 2, without the ends that depend on neighbours.
  for (const offset of [0, 1, 2]) {
    const text = bytes.subarray(offset, offset + 24).toString('base64')
    texts.push(text, text.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return [...parts, ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])]
}
