import type { Stack } from './stack'
import { parseStack } from './stack'

/**
 * Fetches the record of the demo stack from the server that serves this page.
 *
 * @throws {Error} The server does not answer, or its answer is not a stack record; the message says what to do.
 */
export async function loadStack(): Promise<Stack> {
  const response = await fetch(new URL('/stack.json', location.href)).catch((cause: unknown) => {
    throw new Error('The demo server does not answer. Run `npm start` and reload.', { cause })
  })
  if (!response.ok) throw new Error('This server has no demo stack behind it. Run `npm start` and reload.')
  return parseStack(await response.json())
}
