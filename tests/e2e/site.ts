import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A site without content at two origins, for tests that speak to the provider themselves. */
export type Site = { readonly url: string; readonly otherUrl: string; stop(): Promise<void> }

/** Serves an empty page on a free port of this computer: `url` and `otherUrl` differ in origin. */
export async function startSite(): Promise<Site> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html')
    const frame = new URL(request.url ?? '/', 'http://localhost').searchParams.get('frame')
    const body = frame === null ? '' : `<iframe src="${frame}"></iframe>`
    response.end(
      `<!doctype html><html lang="en"><title>Test site</title><body><h1>Test site</h1>${body}</body></html>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    otherUrl: `http://localhost:${port}/`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
