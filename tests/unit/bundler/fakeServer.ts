import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

type Answer = unknown
type Methods = Record<string, (params: readonly unknown[]) => Answer>

/** What a method throws to answer with a JSON-RPC error. */
export class RpcFailure extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message)
  }
}

/** A JSON-RPC server on this computer. */
export type FakeServer = {
  readonly url: string
  /** May be changed at any time. */
  readonly methods: Methods
  /** Names of the methods called, in order. */
  readonly called: string[]
  close(): Promise<void>
}

/** Starts a JSON-RPC server that answers with `methods`; anything else is -32601. */
export async function fakeServer(methods: Methods): Promise<FakeServer> {
  const called: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', () => {
      const { id, method, params } = JSON.parse(body)
      called.push(method)
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...run(methods, method, params) }))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, methods, called, close: () => close(server) }
}

function run(methods: Methods, method: string, params: readonly unknown[]) {
  const handler = methods[method]
  if (handler === undefined) return { error: { code: -32601, message: 'Method not found' } }
  try {
    return { result: handler(params) }
  } catch (error) {
    if (!(error instanceof RpcFailure)) throw error
    return { error: { code: error.code, message: error.message, data: error.data } }
  }
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((done) => server.close(() => done()))
}
