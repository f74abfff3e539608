import type { Config } from '@wagmi/core'
import { getConnectorClient } from '@wagmi/core'
import { grantSession, revokeSession } from '@/lib/connector/actions'
import type { PublicClient } from 'viem'
import { SvelteSet } from 'svelte/reactivity'
import { createReader } from '../chain/createChain'
import { giveFunds } from '../chain/giveFunds'
import { plotCount } from '../chain/readPlots'
import { skipToMidnight } from '../chain/skipToMidnight'
import { Attack } from '../hack/Attack.svelte'
import { limits } from '../session/limits'
import { sessionPreferences } from '../session/sessionPreferences'
import type { Stack } from '../stack/stack'
import { createWallet } from '../wallet/createWallet'
import { explain } from '../wallet/explain'
import { ChainMirror } from './ChainMirror.svelte'
import { Connection } from './Connection.svelte'
import { formatAmount } from './formatAmount'
import { Ledger } from './Ledger.svelte'
import type { OrderResult } from './Orders'
import { Orders } from './Orders'

/** How often everything is read again without a reason, in milliseconds. */
const refreshEvery = 4_000

/** How long the wallet trusts its last look at the chain's time, in milliseconds: an order given earlier would be dated before the skip. */
const clockAge = 1_100

/** What a slow button does. */
type Work = 'skip' | 'end' | 'renew' | 'gift'

/** The page's whole state, and what its buttons do. */
export class Game {
  readonly connection: Connection
  readonly chain: ChainMirror
  readonly ledger = new Ledger()
  readonly attack: Attack
  /** Plots whose planting is under way. */
  readonly planting = new SvelteSet<number>()
  /** Something to tell the player, other than the end of a transaction. */
  notice = $state<{ readonly kind: 'good' | 'bad'; readonly text: string } | null>(null)
  /** The slow button that is at work. */
  busy = $state<Work | null>(null)
  readonly #config: Config
  readonly #reader: PublicClient
  readonly #orders: Orders

  constructor(readonly stack: Stack) {
    this.#config = createWallet(stack)
    this.#reader = createReader(stack)
    this.#orders = new Orders(this.#config, stack)
    this.connection = new Connection(this.#config, stack.chainId)
    this.chain = new ChainMirror(this.#config, this.#reader, stack)
    this.attack = new Attack(this.#config, this.#reader, stack)
  }

  /** Starts reading; returns what stops it. */
  start(): () => void {
    const ticking = setInterval(() => this.chain.tick(), 1_000)
    const reading = setInterval(() => {
      if (!document.hidden && !this.attack.running) void this.refresh()
    }, refreshEvery)
    void this.connection.resume().then(() => this.#arrive())
    return () => {
      clearInterval(ticking)
      clearInterval(reading)
    }
  }

  /** Reads the chain and the wallet again. */
  async refresh(): Promise<void> {
    await this.chain.refresh(this.connection.account)
  }

  /** Connects with the session, then makes sure that there is something to spend. */
  async connect(): Promise<void> {
    await this.connection.connect()
    await this.#arrive()
  }

  async plant(plot: number): Promise<void> {
    await this.#plant([plot], `Plant plot ${plot}`, () => this.#orders.plant(plot))
  }

  /** Plants the first three bare plots, or the first three when all are taken, in one transaction. */
  async plantThree(): Promise<void> {
    const numbers = Array.from({ length: plotCount }, (_, plot) => plot).filter(
      (plot) => !this.planting.has(plot),
    )
    const bare = numbers.filter((plot) => this.chain.plots[plot]?.by === null)
    const three = [...bare, ...numbers.filter((plot) => !bare.includes(plot))].slice(0, 3)
    await this.#plant(three, `Plant plots ${three.join(', ')}`, () => this.#orders.plantAll(three))
  }

  /**
   * Pays the shop.
   *
   * @param amount - In DEMO's smallest unit.
   */
  async buy(label: string, amount: bigint): Promise<void> {
    await this.#follow(`${label} · ${formatAmount(amount, 'DEMO')}`, () => this.#orders.buy(amount))
  }

  async tip(): Promise<void> {
    await this.#follow(`Tip · ${formatAmount(limits.tip.each, 'ETH')}`, () => this.#orders.tip())
  }

  /** Moves the demo chain's clock past midnight UTC, so that the day's allowance begins again. */
  async skipToMidnight(): Promise<void> {
    await this.#work('skip', async () => {
      await skipToMidnight(this.#reader)
      await new Promise((resolve) => setTimeout(resolve, clockAge))
      await this.refresh()
      return 'It is a new day on the demo chain. The daily allowance is full again.'
    })
  }

  /** Has the wallet close this site's session on the chain. */
  async endSession(): Promise<void> {
    const { session } = this.chain
    if (!session) return
    await this.#work('end', async () => {
      await revokeSession(await getConnectorClient(this.#config), { id: session.id })
      await this.refresh()
      return 'The session is closed. From now on the wallet asks you every time.'
    })
  }

  /** Asks for the session again, after it ended. */
  async renewSession(): Promise<void> {
    await this.#work('renew', async () => {
      await grantSession(await getConnectorClient(this.#config), sessionPreferences(this.stack))
      await this.refresh()
      return 'A new session: inside its limits nothing asks you.'
    })
  }

  async runAttack(): Promise<void> {
    const { account } = this.connection
    if (!account) return
    await this.refresh()
    const { session, remaining } = this.chain
    await this.attack.run(account, session?.status === 'active' ? remaining : null)
    await this.refresh()
  }

  async #arrive(): Promise<void> {
    await this.refresh()
    const { account } = this.connection
    if (!account || !this.chain.funds || this.chain.funds.demo > 0n) return
    await this.#work('gift', async () => {
      await giveFunds(this.#reader, this.stack, account)
      await this.refresh()
      return 'A gift of the demo chain: 100 DEMO to spend and 0.05 ETH for tips. Neither is worth anything.'
    })
  }

  async #plant(plots: readonly number[], label: string, send: () => Promise<OrderResult>): Promise<void> {
    for (const plot of plots) this.planting.add(plot)
    await this.#follow(label, send)
    for (const plot of plots) this.planting.delete(plot)
  }

  async #follow(label: string, send: () => Promise<OrderResult>): Promise<void> {
    await this.ledger.follow(label, send)
    await this.refresh()
  }

  async #work(busy: Work, work: () => Promise<string>): Promise<void> {
    this.busy = busy
    try {
      this.notice = { kind: 'good', text: await work() }
    } catch (error) {
      this.notice = { kind: 'bad', text: explain(error).message }
    } finally {
      this.busy = null
    }
  }
}
