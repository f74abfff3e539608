import type { Funds } from '../chain/readFunds'
import type { Holdings } from './readHoldings'

/** What moved between two moments; all in the smallest units. */
export type Outflow = {
  /** What left the account, fees included. */
  readonly account: Funds
  readonly attacker: Funds
  readonly shop: Funds
  readonly tipJar: Funds
  /** ETH that left the account and arrived neither at the thief's, the shop nor the tip jar: fees, in wei. */
  readonly fees: bigint
}

/** Subtracts two readings. */
export function measureOutflow(before: Holdings, after: Holdings): Outflow {
  const gained = (name: 'attacker' | 'shop' | 'tipJar'): Funds => ({
    eth: after[name].eth - before[name].eth,
    demo: after[name].demo - before[name].demo,
  })
  const account = {
    eth: before.account.eth - after.account.eth,
    demo: before.account.demo - after.account.demo,
  }
  const [thief, shop, tipJar] = [gained('attacker'), gained('shop'), gained('tipJar')]
  return {
    account,
    attacker: thief,
    shop,
    tipJar,
    fees: account.eth - thief.eth - shop.eth - tipJar.eth,
  }
}
