// Compares code on a chain with what the compiler wrote.

const PUSH1 = 0x60
const PUSH32 = 0x7f

/**
 * Compares deployed code with the compiler's, in which immutables are still zero.
 *
 * @param {`0x${string}`} deployed Code on the chain.
 * @param {`0x${string}`} compiled Runtime code of the build.
 * @returns {`0x${string}`[] | undefined} Values of the immutables, 32 bytes each; nothing if the code is other code.
 */
export function readImmutables(deployed, compiled) {
  const [found, wanted] = [deployed, compiled].map((code) => Buffer.from(code.slice(2), 'hex'))
  if (found.length !== wanted.length) return undefined
  const values = []
  for (let at = 0; at < wanted.length; ++at) {
    if (found[at] !== wanted[at]) return undefined
    const size = wanted[at] >= PUSH1 && wanted[at] <= PUSH32 ? wanted[at] - PUSH1 + 1 : 0
    const [data, expected] = [found, wanted].map((code) => code.subarray(at + 1, at + 1 + size))
    // Optimised code never pushes 32 zero bytes: this is the place of an immutable.
    if (size === 32 && expected.every((byte) => byte === 0)) values.push(`0x${data.toString('hex')}`)
    else if (!data.equals(expected)) return undefined
    at += size
  }
  return values
}
