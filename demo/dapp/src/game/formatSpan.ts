/**
 * Writes a length of time in its two largest units: `3 h 12 min`.
 *
 * @param seconds - Not negative; less than a second reads as `now`.
 */
export function formatSpan(seconds: number): string {
  if (seconds < 1) return 'now'
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`
  return minutes > 0 ? `${minutes} min` : `${Math.floor(seconds)} s`
}
