import type { Config } from '@wagmi/core'
import type { Address, PublicClient } from 'viem'
import type { Funds } from '../chain/readFunds'
import { readFunds } from '../chain/readFunds'
import type { Plot } from '../chain/readPlots'
import { barePlots, readPlots } from '../chain/readPlots'
import type { Session } from '../session/readSession'
import { readSession } from '../session/readSession'
import type { Remaining } from '../session/remaining'
import { remaining } from '../session/remaining'
import type { Stack } from '../stack/stack'
import { explain } from '../wallet/explain'

/** What the chain and the wallet last said: the plots, the account's funds, its session, the time. */
export class ChainMirror {
  plots = $state.raw<readonly Plot[]>(barePlots)
  funds = $state.raw<Funds | null>(null)
  session = $state.raw<Session | null>(null)
  /** True once the wallet was asked for the session of this account. */
  sessionKnown = $state(false)
  problem = $state<string | null>(null)
  /** Seconds to add to the computer's clock to get chain time. */
  #skew = $state(0)
  #tick = $state(Date.now())

  constructor(
    readonly config: Config,
    readonly reader: PublicClient,
    readonly stack: Stack,
  ) {}

  /** Chain time in Unix seconds, running on between blocks. */
  get now(): number {
    return Math.floor(this.#tick / 1000) + this.#skew
  }

  /** What the session may still do at this moment; `null` without a session. */
  get remaining(): Remaining | null {
    return this.session && remaining(this.session, this.stack, this.now)
  }

  /** Moves {@link now} on; called once a second. */
  tick(): void {
    this.#tick = Date.now()
  }

  /** Reads everything again. What failed is said in `problem`, and what was known before stays. */
  async refresh(account: Address | null): Promise<void> {
    const results = await Promise.allSettled([
      this.#refreshChain(),
      account ? this.#refreshAccount(account) : this.#forgetAccount(),
      account ? this.#refreshSession() : null,
    ])
    const failed = results.find((result) => result.status === 'rejected')
    this.problem = failed ? explain(failed.reason).message : null
  }

  async #refreshChain(): Promise<void> {
    const [plots, block] = await Promise.all([
      readPlots(this.reader, this.stack.demo.orchard),
      this.reader.getBlock({ blockTag: 'latest' }),
    ])
    this.plots = plots
    const ahead = Number(block.timestamp) - Math.floor(Date.now() / 1000)
    if (ahead > this.#skew) this.#skew = ahead
  }

  async #refreshAccount(account: Address): Promise<void> {
    this.funds = await readFunds(this.reader, this.stack.tokens.demoToken, account)
  }

  async #refreshSession(): Promise<void> {
    this.session = await readSession(this.config)
    this.sessionKnown = true
  }

  #forgetAccount(): void {
    this.funds = null
    this.session = null
    this.sessionKnown = false
  }
}
