type Hex = `0x${string}`
type Call = { to: Hex; data: Hex }

/** What a test has the code of `docs/dapps.md` do, on `window.snippets`. */
export type SnippetCalls = {
  /** Detects the wallet, then connects. */
  connect(): Promise<Hex>
  foresee(calls: Call[]): Promise<string>
  /** Returns the session's status. */
  askForSession(token: Hex, shop: Hex): Promise<string | undefined>
  sendBatch(calls: Call[]): Promise<{ status: string | undefined; hash: Hex | undefined }>
  /** The rule that a batch fails by. */
  ruleOf(calls: Call[]): Promise<string | undefined>
  /** Connects as a dapp of ZKsync SSO does. */
  move(): Promise<Hex>
  /** Sends by what was the session client. */
  tip(): Promise<Hex>
}
