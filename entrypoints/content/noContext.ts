/**
 * Stands in for WXT's context of a content script, which reaches for the browser's interface and dispatches an event on every page:
 * a millisecond that a page without a wallet request would pay for nothing. The relay notices by itself when the extension is gone.
 */
export function ContentScriptContext(): void {
  // Constructed by WXT, and used by nobody.
}
