const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/**
 * Words a span of time by its two largest units: "3 h 12 min", "45 s", "2 d".
 *
 * @param seconds - Rounded down; anything below one second reads "0 s".
 */
export function formatDuration(seconds: number): string {
  let rest = Math.max(0, Math.floor(seconds))
  const first = units.findIndex(([, size]) => rest >= size)
  if (first === -1) return '0 s'
  const parts: string[] = []
  for (const [unit, size] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${unit}`)
  }
  return parts.join(' ')
}
