/**
 * The first port that `STACK_PORT_BASE` fixes.
 *
 * @returns {number | undefined} Nothing when it is not set.
 * @throws {Error} It is set but is no number.
 */
export function portBase() {
  const text = process.env.STACK_PORT_BASE
  if (text === undefined || text === '') return undefined
  if (!/^\d+$/.test(text)) throw new Error(`STACK_PORT_BASE must be a port number, not "${text}".`)
  return Number(text)
}
