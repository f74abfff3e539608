type Hex = `0x${string}`

/** What a running stack tells about itself; `demo/out/stack.json`. Ports are in the URLs. */
export interface StackRecord {
  chainId: number
  chainName: string
  rpcUrl: string
  bundlerUrl: string
  paymasterUrl: string
  dappUrl: string
  kind: 'latchkey'
  contracts: {
    entryPoint: Hex
    factory: Hex
    accountImplementation: Hex
    sessionKeyValidator: Hex
    /** Zero: passkeys are validator 0, built into the account. */
    webAuthnValidator: Hex
    guardianExecutor: Hex
  }
  tokens: { demoToken: Hex }
  /** A development account with 10,000 ETH; unlocked on the chain. */
  funder: { address: Hex; privateKey: Hex }
  /** `generalPaymaster` pays for everybody whose paymaster data is the word "harvest". */
  demo: { orchard: Hex; paymaster: Hex; generalPaymaster: Hex; shop: Hex; tipJar: Hex }
}

export interface StackOptions {
  /** Of the chain; 31337 by default. */
  chainId?: number | undefined
  /** Fixes the ports: chain, bundler, paymaster and dapp take this one and the next three. A taken one is an error. */
  portBase?: number | undefined
  /** Takes these four ports if all are free, else free ones. Without either, free ones. */
  preferredBase?: number | undefined
  /** File that the record is written to. */
  out?: string | undefined
  /** `false`: serve no dapp. */
  dapp?: boolean | undefined
  /** Called when a part ends by itself later on. Prints the message by default. */
  onCrash?: ((message: string) => void) | undefined
}

export interface Stack {
  record: StackRecord
  /** Ends every part and waits until its processes are gone. */
  stop(): Promise<void>
  /** Ends the bundler and starts it on the same port: it remembers nothing of what it took. */
  restartBundler(): Promise<void>
  /** Makes the paymaster refuse to sponsor (JSON-RPC error -32501). */
  pauseSponsor(): void
  resumeSponsor(): void
}

/**
 * Starts the embedded stack: chain, contracts, bundler, paymaster and, unless told otherwise, the demo dapp.
 *
 * @throws A part failed; the message says which, on which port, with its last lines. Nothing stays running.
 */
export function startStack(options?: StackOptions): Promise<Stack>
