import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A site without content at two origins, for tests that speak to the provider themselves. */
export type Site = {
  readonly url: string
  readonly otherUrl: string
  /** The addresses that were asked for, with what the browser says of its purpose: `/a`, `/b prefetch;prerender`. */
  readonly visits: readonly string[]
  stop(): Promise<void>
}

/** What `/documents/…` serves: content type and content. */
const documents: Readonly<Record<string, readonly [string, string]>> = {
  xml: ['application/xml', '<feed><title>Not a page</title></feed>'],
  svg: ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><title>Not a page</title></svg>'],
  'svg-as-xhtml': [
    'application/xhtml+xml',
    '<svg xmlns="http://www.w3.org/2000/svg"><title>Not a page</title></svg>',
  ],
  xhtml: [
    'application/xhtml+xml',
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A page</title></head><body/></html>',
  ],
  json: ['application/json', '{"a": 1}'],
  text: ['text/plain', 'Not a page'],
  pdf: ['application/pdf', '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n'],
}

/**
 * Serves a page on a free port of this computer: `url` and `otherUrl` differ in origin. `?frame=` puts an address into a frame,
 * `?html=` puts HTML into the body, `/documents/` serves other kinds of documents.
 */
export async function startSite(): Promise<Site> {
  const visits: string[] = []
  const server = createServer((request, response) => {
    const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://localhost')
    visits.push(`${pathname}${search} ${String(request.headers['sec-purpose'] ?? '')}`.trim())
    const [type, content] = documents[pathname.replace('/documents/', '')] ?? [
      'text/html',
      page(searchParams),
    ]
    response.setHeader('content-type', type)
    response.end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    otherUrl: `http://localhost:${port}/`,
    visits,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function page(parameters: URLSearchParams): string {
  const frame = parameters.get('frame')
  const body = `${frame === null ? '' : `<iframe src="${frame}"></iframe>`}${parameters.get('html') ?? ''}`
  return `<!doctype html><html lang="en"><title>Test site</title><body><h1>Test site</h1>${body}</body></html>`
}
