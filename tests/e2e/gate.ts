import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A JSON-RPC request that a gate holds. Let go of it, or cut its connection. */
export type Held = { pass(): void; cut(): void }

/** A JSON-RPC server's door: requests go through, unless one is to be held. */
export type Gate = {
  readonly url: string
  /**
   * Holds the next request of a method: before the server sees it, or after the server did and before the answer is out.
   *
   * @returns Resolves when such a request is held; it is held until its connection ends or it is let go.
   */
  hold(method: string, when: 'before' | 'after'): Promise<Held>
  /** Answers every request of a method itself, as a server that forgot would; `undefined` ends that. */
  answer(method: string, result: unknown): void
  /** Nothing is held any more, and nothing is answered by the gate. */
  open(): void
  stop(): Promise<void>
}

const headers = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'content-type': 'application/json',
}

type Waiting = { readonly when: 'before' | 'after'; reached(held: Held): void }

/** Opens a gate in front of a server, on a port of its own. */
export async function startGate(target: string): Promise<Gate> {
  const waiting = new Map<string, Waiting>()
  const answers = new Map<string, unknown>()
  const held = new Set<Held>()

  function take(method: string, when: Waiting['when'], response: ServerResponse): Promise<void> | undefined {
    const hold = waiting.get(method)
    if (hold?.when !== when) return undefined
    waiting.delete(method)
    return new Promise((resolve) => {
      const item: Held = {
        pass: () => void (held.delete(item) && resolve()),
        cut() {
          held.delete(item)
          response.destroy()
        },
      }
      held.add(item)
      hold.reached(item)
    })
  }

  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return response.writeHead(204, headers).end()
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk as string
    const { id, method } = JSON.parse(body) as { id: number; method: string }
    await take(method, 'before', response)
    if (response.destroyed) return undefined
    if (answers.has(method)) {
      const result = answers.get(method)
      return response.writeHead(200, headers).end(JSON.stringify({ jsonrpc: '2.0', id, result }))
    }
    try {
      const answer = await fetch(target, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      const text = await answer.text()
      await take(method, 'after', response)
      return response.writeHead(answer.status, headers).end(text)
    } catch {
      // The server behind is down: so is its door.
      return response.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    hold: (method, when) => new Promise((reached) => waiting.set(method, { when, reached })),
    answer(method, result) {
      if (result === undefined) answers.delete(method)
      else answers.set(method, result)
    },
    open() {
      waiting.clear()
      answers.clear()
      for (const item of held) item.pass()
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
