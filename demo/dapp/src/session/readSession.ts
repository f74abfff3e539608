import type { Config } from '@wagmi/core'
import type { Address, Hex, PublicClient } from 'viem'
import { isHex } from 'viem'
import * as v from 'valibot'
import type { Stack } from '../stack/stack'
import { walletRequest } from '../wallet/walletRequest'
import type { Remaining } from './readRemaining'
import { readRemaining } from './readRemaining'

/** The session that this page plays under. */
export type Session = {
  readonly id: Hex
  /** As the wallet names it: pending, active, paused, expired, closing, closed, failed. */
  readonly status: string
  /** `null` while it is not on the chain yet. */
  readonly remaining: Remaining | null
}

const SessionsSchema = v.array(
  v.object({
    id: v.custom<Hex>((value) => isHex(value)),
    status: v.string(),
    createdAt: v.optional(v.number(), 0),
  }),
)

/** Order in which a status makes a session the one to show. */
const preference = ['active', 'paused', 'pending', 'closing']

/**
 * Asks the wallet for this site's sessions and the chain for what is left of the best of them.
 *
 * @returns `null` when the site has no session that lives.
 * @throws {Error} The wallet or the node does not answer.
 */
export async function readSession(
  config: Config,
  reader: PublicClient,
  stack: Stack,
  account: Address,
): Promise<Session | null> {
  const sessions = v.parse(SessionsSchema, await walletRequest(config, 'wallet_getSessions'))
  const [best] = sessions
    .filter(({ status }) => preference.includes(status))
    .sort((a, b) => preference.indexOf(a.status) - preference.indexOf(b.status) || b.createdAt - a.createdAt)
  if (!best) return null
  return {
    id: best.id,
    status: best.status,
    remaining: await readRemaining(reader, stack, account, best.id),
  }
}
