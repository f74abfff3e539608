import type { Config } from '@wagmi/core'
import { connect, disconnect, getConnection, reconnect, watchConnection } from '@wagmi/core'
import type { Address } from 'viem'
import { explain } from '../wallet/explain'
import { findWallet } from '../wallet/findWallet'

/** The wallet as this page sees it. */
export class Connection {
  account = $state<Address | null>(null)
  status = $state<'idle' | 'connecting' | 'connected'>('idle')
  /** `null` until it is known whether the wallet is installed. */
  installed = $state<boolean | null>(null)
  /** Where to get the wallet, once a connect found none. */
  installUrl = $state<string | null>(null)
  problem = $state<string | null>(null)

  constructor(
    readonly config: Config,
    readonly chainId: number,
  ) {
    watchConnection(config, { onChange: () => this.#read() })
  }

  /** Comes back silently to an account that was connected before, without a window. */
  async resume(): Promise<void> {
    this.installed = await findWallet()
    if (this.installed) await reconnect(this.config)
    this.#read()
  }

  /** Connects, and asks for the session in the same window. */
  async connect(): Promise<void> {
    const [connector] = this.config.connectors
    if (!connector || this.status === 'connecting') return
    this.problem = null
    this.status = 'connecting'
    try {
      await connect(this.config, { connector, chainId: this.chainId })
      this.installed = true
    } catch (error) {
      this.installUrl = installUrlOf(error)
      if (this.installUrl) this.installed = false
      this.problem = explain(error).message
    }
    this.#read()
  }

  /** Leaves the account. The session stays until it ends or is revoked. */
  async disconnect(): Promise<void> {
    await disconnect(this.config).catch((error: unknown) => (this.problem = explain(error).message))
    this.#read()
  }

  #read(): void {
    const { status, address } = getConnection(this.config)
    this.account = status === 'connected' ? address : null
    if (status === 'connected') this.status = 'connected'
    else this.status = status === 'connecting' ? 'connecting' : 'idle'
  }
}

function installUrlOf(error: unknown): string | null {
  const { installUrl } = error as { installUrl?: unknown }
  return typeof installUrl === 'string' ? installUrl : null
}
