import { requestServer, ServerRefusedError, type Server } from '@/lib/bundler/requestServer'

/** Methods that a server said it does not have, as `url method`, for the life of the worker. */
const missing = new Set<string>()

/**
 * Calls a method that a server may lack, and that the caller can do without. One that a server said it lacks is not asked again.
 *
 * @returns `null` when the server refuses.
 * @throws {UnreachableError} No usable answer.
 */
export async function requestIfOffered(
  server: Server,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  const name = `${server.url} ${method}`
  if (missing.has(name)) return null
  try {
    return await requestServer(server, method, params)
  } catch (error) {
    if (!(error instanceof ServerRefusedError)) throw error
    if (isMissing(error)) missing.add(name)
    return null
  }
}

// -32601 by the standard; alto says -32602 "Method not supported".
function isMissing(error: ServerRefusedError): boolean {
  return (
    error.serverCode === -32601 || /method .*(not|un)\s?(supported|found|available|exist)/i.test(error.reason)
  )
}
