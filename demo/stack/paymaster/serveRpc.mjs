import { createServer } from 'node:http'

const headers = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': '*',
  'content-type': 'application/json',
}
const maxBytes = 1_000_000

/**
 * Serves JSON-RPC 2.0 over HTTP on the loopback, open to any origin.
 *
 * @param {object} options
 * @param {string} options.name Named in errors.
 * @param {number} options.port
 * @param {Record<string, (params: unknown[]) => Promise<unknown>>} options.methods An error's `code` goes to the caller.
 * @returns {Promise<{ stop: () => Promise<void> }>}
 * @throws {Error} The port is not free.
 */
export function serveRpc({ name, port, methods }) {
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return response.writeHead(204, headers).end()
    const answer = await answerTo(request, methods)
    response.writeHead(200, headers).end(JSON.stringify(answer))
  })
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new Error(`The ${name} cannot listen on port ${port}: ${cause.message}`, { cause })),
    )
    server.listen(port, '127.0.0.1', () => {
      resolve({
        stop: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      })
    })
  })
}

/** @param {import('node:http').IncomingMessage} request @param {Parameters<typeof serveRpc>[0]['methods']} methods */
async function answerTo(request, methods) {
  const text = await readText(request)
  let call
  try {
    call = JSON.parse(text)
  } catch (error) {
    return failure(null, -32_700, `Not JSON: ${error.message}`)
  }
  const { id = null, method, params = [] } = call ?? {}
  if (!Object.hasOwn(methods, method)) return failure(id, -32_601, `There is no method ${method} here.`)
  try {
    return { jsonrpc: '2.0', id, result: await methods[method](params) }
  } catch (error) {
    return failure(id, error.code ?? -32_603, error.message)
  }
}

/** @param {import('node:http').IncomingMessage} request */
async function readText(request) {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > maxBytes) request.destroy(new Error('The request is too large.'))
  }
  return text
}

/** @param {unknown} id @param {number} code @param {string} message */
function failure(id, code, message) {
  return { jsonrpc: '2.0', id, error: { code: Number.isInteger(code) ? code : -32_603, message } }
}
