const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs something until Ctrl-C, SIGTERM, a closed terminal or a part's crash, then ends it.
 *
 * @param {(fail: (message: string) => void) => Promise<() => Promise<void>>} start Starts it and resolves with how to end it; calls
 * `fail` when a part of it is gone.
 * @returns {Promise<void>} Resolves once everything has ended. A signal that comes while it starts ends it right after.
 * @throws {Error} It did not start, or a part failed; the message says which.
 */
export async function untilStopped(start) {
  /** @type {(failure?: string) => void} */
  let end = () => {}
  const ended = new Promise((resolve) => (end = resolve))
  const onSignal = () => end()
  for (const signal of signals) process.on(signal, onSignal)
  try {
    const stop = await start((message) => end(message))
    const failure = await ended
    await stop()
    if (failure !== undefined) throw new Error(failure)
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
  }
}
