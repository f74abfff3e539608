/**
 * @param {readonly number[]} samples
 * @param {number} share 0.5 is the median.
 * @returns {number} Rounded to hundredths.
 */
export function percentile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return Math.round(value * 100) / 100
}
