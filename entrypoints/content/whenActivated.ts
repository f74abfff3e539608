/**
 * Resolves when the user sees the document's page: at once, unless it is prerendered. A prerendered page reaches no wallet.
 *
 * @see https://developer.mozilla.org/docs/Web/API/Document/prerendering
 */
export async function whenActivated(): Promise<void> {
  if (!('prerendering' in document) || document.prerendering !== true) return
  await new Promise((resolve) => document.addEventListener('prerenderingchange', resolve, { once: true }))
}
