import type { PublicClient } from 'viem'
import type { Funds } from '../chain/readFunds'
import { readFunds } from '../chain/readFunds'
import type { Scene } from './attempt'
import { attacker } from './attempt'

/** What everybody in the scene holds at one moment. */
export type Holdings = {
  readonly account: Funds
  readonly attacker: Funds
  readonly shop: Funds
  readonly tipJar: Funds
}

/** Reads from the chain what the account, the thief, the shop and the tip jar hold. */
export async function readHoldings(reader: PublicClient, scene: Scene): Promise<Holdings> {
  const read = (holder: Scene['account']) => readFunds(reader, scene.demoToken, holder)
  const [account, thief, shop, tipJar] = await Promise.all([
    read(scene.account),
    read(attacker),
    read(scene.shop),
    read(scene.tipJar),
  ])
  return { account, attacker: thief, shop, tipJar }
}
