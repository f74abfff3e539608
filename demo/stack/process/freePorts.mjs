import { createServer } from 'node:net'

/**
 * Finds ports that are free now.
 *
 * With `portBase` the ports are `portBase`, `portBase + 1`, … and a taken one is an error; with `preferredBase` they are those
 * if all are free; otherwise the system chooses.
 *
 * @template {string} Part
 * @param {readonly Part[]} parts Names of the parts that need a port, in order.
 * @param {{ portBase?: number, preferredBase?: number }} [options]
 * @returns {Promise<Record<Part, number>>} A port for each part.
 * @throws {Error} A port fixed by `portBase` is taken; the message names the port and its part.
 */
export async function freePorts(parts, options = {}) {
  if (options.portBase !== undefined) return fixedPorts(parts, options.portBase)
  if (options.preferredBase !== undefined) {
    try {
      return await fixedPorts(parts, options.preferredBase)
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error
    }
  }
  const servers = await Promise.all(parts.map(() => hold(0)))
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map(release))
  return Object.fromEntries(parts.map((part, index) => [part, ports[index]]))
}

/** @param {readonly string[]} parts @param {number} base */
async function fixedPorts(parts, base) {
  if (!Number.isInteger(base) || base < 1024 || base + parts.length > 65_535) {
    throw new Error(`The port base must be a number from 1024 to ${65_535 - parts.length}, not ${base}.`)
  }
  for (const [index, part] of parts.entries()) {
    const server = await hold(base + index).catch((cause) => {
      throw new PortTakenError(part, base + index, { cause })
    })
    await release(server)
  }
  return Object.fromEntries(parts.map((part, index) => [part, base + index]))
}

/** @param {number} port @returns {Promise<import('node:net').Server>} */
function hold(port) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server))
  })
}

/** @param {import('node:net').Server} server */
function release(server) {
  return new Promise((resolve) => server.close(resolve))
}

class PortTakenError extends Error {
  name = 'Stack.PortTakenError'

  /** @param {string} part @param {number} port @param {{ cause: Error }} options */
  constructor(part, port, options) {
    super(
      `Port ${port} for the ${part} is not free (${options.cause.code ?? options.cause.message}).`,
      options,
    )
  }
}
