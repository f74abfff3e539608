import type { Config } from '@wagmi/core'
import type { Address, PublicClient } from 'viem'
import { day } from '../chain/skipToMidnight'
import { limits } from '../session/limits'
import type { Remaining } from '../session/remaining'
import type { Stack } from '../stack/stack'
import { explain } from '../wallet/explain'
import type { Attempt, Scene } from './attempt'
import { hostileAttempts } from './hostileAttempts'
import type { Outflow } from './measureOutflow'
import { measureOutflow } from './measureOutflow'
import { readHoldings } from './readHoldings'
import type { AttemptResult } from './runAttempt'
import { runAttempt } from './runAttempt'

/** A row of the board: what was tried, and how it ended once it did. */
export type AttackRow = Attempt & { readonly number: number; result: AttemptResult | null }

/** What the session could still lose when the attack began; smallest units. */
export type Exposure = { readonly demo: bigint; readonly tips: bigint; readonly fee: bigint }

/** The hacked site: fires the hostile requests and measures on the chain what they got. */
export class Attack {
  rows = $state<AttackRow[]>([])
  running = $state(false)
  outflow = $state.raw<Outflow | null>(null)
  exposure = $state.raw<Exposure | null>(null)
  problem = $state<string | null>(null)

  constructor(
    readonly config: Config,
    readonly reader: PublicClient,
    readonly stack: Stack,
  ) {}

  /** True when the chain shows that no more left the account than the session allowed, and nothing reached the thief. */
  get held(): boolean {
    if (!this.outflow || !this.exposure) return false
    const { account, attacker } = this.outflow
    const { demo, tips, fee } = this.exposure
    const withinLimits = account.demo <= demo && account.eth <= tips + fee
    return withinLimits && attacker.demo <= 0n && attacker.eth <= 0n && this.count('breach') === 0
  }

  /** Counts the rows that ended in one of `outcomes`. */
  count(...outcomes: readonly AttemptResult['outcome'][]): number {
    return this.rows.filter(({ result }) => result && outcomes.includes(result.outcome)).length
  }

  /**
   * Fires all hostile requests, one after another.
   *
   * @param remaining - What the session may still do; `null` when there is none, so that nothing may leave at all.
   */
  async run(account: Address, remaining: Remaining | null): Promise<void> {
    if (this.running) return
    this.running = true
    this.problem = null
    this.outflow = null
    try {
      const scene = await this.#scene(account)
      const start = await this.#today()
      const before = await readHoldings(this.reader, scene)
      this.rows = hostileAttempts(scene).map((attempt, i) => ({ ...attempt, number: i + 1, result: null }))
      for (const row of this.rows) row.result = await runAttempt(this.config, this.stack, scene, row)
      const after = await readHoldings(this.reader, scene)
      const days = BigInt((await this.#today()) - start)
      this.exposure = {
        demo: remaining ? remaining.demo + days * limits.demo.perDay : 0n,
        tips: remaining?.tips ?? 0n,
        fee: remaining?.fee ?? 0n,
      }
      this.outflow = measureOutflow(before, after)
    } catch (error) {
      this.problem = explain(error).message
    } finally {
      this.running = false
    }
  }

  async #scene(account: Address): Promise<Scene> {
    const { contracts, tokens, demo } = this.stack
    const scene = {
      account,
      demoToken: tokens.demoToken,
      orchard: demo.orchard,
      shop: demo.shop,
      tipJar: demo.tipJar,
      entryPoint: contracts.entryPoint,
      sessionModule: contracts.sessionKeyValidator,
      guardianModule: contracts.guardianExecutor,
      demo: 0n,
      eth: 0n,
    }
    return { ...scene, ...(await readHoldings(this.reader, scene)).account }
  }

  async #today(): Promise<number> {
    const { timestamp } = await this.reader.getBlock({ blockTag: 'latest' })
    return Math.floor(Number(timestamp) / day)
  }
}
