/**
 * One JSON-RPC call over HTTP.
 *
 * @param {string} url
 * @param {string} method
 * @param {unknown[]} [params]
 * @returns {Promise<any>} The result.
 * @throws {Error} The other side is not there, or answered with an error; the message names the method.
 */
export async function rpc(url, method, params = []) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const answer = await response.json()
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`, { cause: answer.error })
  return answer.result
}
