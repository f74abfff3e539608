import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
}

/**
 * Serves the built demo dapp and, as `/stack.json`, the record of the stack that it talks to.
 *
 * @param {object} options
 * @param {number} options.port
 * @param {string} options.folder The built dapp.
 * @param {() => unknown} options.record What `/stack.json` answers.
 * @returns {Promise<{ stop: () => Promise<void> }>}
 * @throws {Error} The port is not free.
 */
export function serveDapp({ port, folder, record }) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/stack.json') {
      const headers = {
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
        'cache-control': 'no-store',
      }
      return response.writeHead(200, headers).end(JSON.stringify(record()))
    }
    const file = await resolveFile(folder, pathname)
    if (file === undefined)
      return response.writeHead(404, { 'content-type': 'text/plain' }).end(missing(folder))
    const type = types[extname(file)] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(await readFile(file))
  })
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new Error(`The dapp cannot be served on port ${port}: ${cause.message}`, { cause })),
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

/** @param {string} folder @param {string} pathname @returns {Promise<string | undefined>} A file inside `folder`. */
async function resolveFile(folder, pathname) {
  const path = normalize(join(folder, decodeURIComponent(pathname)))
  if (path !== folder && !path.startsWith(folder + sep)) return undefined
  const file = pathname.endsWith('/') ? join(path, 'index.html') : path
  if (!existsSync(file) || !(await stat(file)).isFile()) return undefined
  return file
}

/** @param {string} folder */
function missing(folder) {
  return existsSync(join(folder, 'index.html'))
    ? 'Not found.'
    : 'The demo dapp is not built: npx vite build demo/dapp'
}
