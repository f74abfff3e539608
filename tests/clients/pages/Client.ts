/** What every page can be told to do, each by the calls of its own library. */
export type Client = {
  /** Connects as a click on "Connect" does. Returns the account. */
  connect(): Promise<string>
  /** The account as the page knows it after a load; must not ask the user. */
  account(): Promise<string | null>
  chainId(): Promise<number>
  signMessage(message: string): Promise<string>
  signTypedData(data: TypedData): Promise<string>
  /** Returns the hash of the transaction. */
  send(call: { to: string; data: string }): Promise<string>
  /** Waits for the receipt. */
  receipt(hash: string): Promise<{ status: string; logs: number }>
  /** Switches by chain id, in the library's own way of adding a chain that the wallet does not know. */
  switchChain(chainId: number): Promise<void>
  disconnect(): Promise<void>
}

/** EIP-712 data with numbers as decimal text. */
export type TypedData = {
  readonly domain: { name: string; version: string; chainId: number; verifyingContract: string }
  readonly types: { readonly [name: string]: readonly { name: string; type: string }[] }
  readonly primaryType: string
  readonly message: Record<string, unknown>
}

/** Makes a page's client. */
export type CreateClient = (networks: readonly PageNetwork[]) => Client | Promise<Client>

/** A chain that the page is made for; the first is the one it starts on. */
export type PageNetwork = { readonly id: number; readonly name: string; readonly rpcUrl: string }
