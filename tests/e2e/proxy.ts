import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server between the wallet and one of its own, which a test can cut. */
export type Proxy = { readonly url: string; cut(): void; mend(): void; stop(): Promise<void> }

/** Starts a proxy to `target` on a free port of this computer. */
export async function startProxy(target: string): Promise<Proxy> {
  let isCut = false
  const server = createServer((incoming, outgoing) => {
    if (isCut) return incoming.destroy()
    const { method, headers } = incoming
    const passed = forward(target, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    cut() {
      isCut = true
      server.closeAllConnections()
    },
    mend() {
      isCut = false
    },
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
