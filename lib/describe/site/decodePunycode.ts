const base = 36
const [tMin, tMax, skew, damp] = [1, 26, 38, 700]
const highest = 0x10ffff

/**
 * The letters behind a label's punycode.
 *
 * @param text - Without the `xn--`.
 * @returns `null` when it is none.
 * @see https://www.rfc-editor.org/rfc/rfc3492#section-6.2
 */
export function decodePunycode(text: string): string | null {
  const delimiter = text.lastIndexOf('-')
  const output = [...text.slice(0, Math.max(0, delimiter))].map((character) => character.codePointAt(0) ?? 0)
  let [code, index, bias] = [128, 0, 72]
  for (let at = delimiter + 1; at < text.length;) {
    const before = index
    for (let weight = 1, k = base; ; k += base) {
      const digit = digitOf(text[at++])
      if (digit === null) return null
      index += digit * weight
      if (index > Number.MAX_SAFE_INTEGER) return null
      const threshold = Math.min(tMax, Math.max(tMin, k - bias))
      if (digit < threshold) break
      weight *= base - threshold
    }
    const length = output.length + 1
    bias = adapt(index - before, length, before === 0)
    code += Math.floor(index / length)
    index %= length
    if (code > highest) return null
    output.splice(index++, 0, code)
  }
  return String.fromCodePoint(...output)
}

function adapt(step: number, length: number, isFirst: boolean): number {
  let delta = isFirst ? Math.floor(step / damp) : Math.floor(step / 2)
  delta += Math.floor(delta / length)
  let k = 0
  for (; delta > ((base - tMin) * tMax) / 2; k += base) delta = Math.floor(delta / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * delta) / (delta + skew))
}

function digitOf(character: string | undefined): number | null {
  if (character === undefined) return null
  if (/[a-z]/i.test(character)) return character.toLowerCase().charCodeAt(0) - 97
  return /[0-9]/.test(character) ? character.charCodeAt(0) - 22 : null
}
