const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs something until Ctrl-C, SIGTERM, a closed terminal or a part's crash, then ends it.
 *
 * @param {(fail: (message: string) => void) => Promise<() => Promise<void>>} start Starts it and resolves with how to end it; calls
 * `fail` when a part of it is gone.
 * @returns {Promise<void>} Resolves once everything has ended. A signal that comes while it starts ends this process at once, and
 * with it all that it started.
 * @throws {Error} It did not start, or a part failed; the message says which.
 */
export async function untilStopped(start) {
  /** @type {(failure?: string) => void} */
  let end = () => {}
  const ended = new Promise((resolve) => (end = resolve))
  let started = false
  const onSignal = () => {
    if (!started) process.exit(130)
    end()
  }
  for (const signal of signals) process.on(signal, onSignal)
  try {
    const stop = await start((message) => end(message))
    started = true
    const failure = await ended
    await stop()
    if (failure !== undefined) throw new Error(failure)
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
  }
}
