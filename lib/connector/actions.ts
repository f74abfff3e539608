import type { Hex } from 'viem'
import type { SessionPreferences } from './preferences.js'
import { serializePreferences } from './serializePreferences.js'
import { toHexChainId } from './switchChain.js'

export { canAutoSign } from './canAutoSign.js'
export type { AutoSign, AutoSignCall, Refusal } from './canAutoSign.js'

/** The part of a viem client that the actions use. */
export type WalletClient = {
  readonly chain?: { readonly id: number } | undefined
  request(args: { method: string; params?: unknown }): Promise<unknown>
}

/** A session of this site, as the wallet tells it. Amounts are hex quantities. */
export type Session = {
  readonly id: Hex
  readonly status: 'pending' | 'active' | 'paused' | 'unknown' | 'expired' | 'closing' | 'closed' | 'failed'
  /** What it allows. */
  readonly spec: Readonly<Record<string, unknown>>
  /** What is left of its limits. */
  readonly remaining: unknown
  /** Of the transaction that opened it. */
  readonly transactionHash?: Hex | undefined
}

/**
 * The sessions of this site on its account and chain, newest first.
 *
 * @throws 4100 when the site is not connected.
 */
export async function getSessions(client: WalletClient): Promise<readonly Session[]> {
  return (await client.request({ method: 'wallet_getSessions' })) as Session[]
}

/**
 * Ends a session of this site. The wallet stops signing for it at once; the owner is asked to close it on chain.
 *
 * @returns The session as it then is.
 * @throws 4001 when the owner does not close it on chain.
 */
export async function revokeSession(client: WalletClient, { id }: { readonly id: Hex }): Promise<Session> {
  return (await client.request({ method: 'wallet_revokeSession', params: [{ id }] })) as Session
}

/**
 * Asks for a session, connecting the site where it is not. Answers at once where one with the same terms is open.
 *
 * @returns The sessions of this site, newest first.
 * @throws 4001 when the owner says no; -32602 when the preferences are not understood.
 */
export async function grantSession(
  client: WalletClient,
  preferences: SessionPreferences,
): Promise<readonly Session[]> {
  const chainIds = client.chain === undefined ? {} : { chainIds: [toHexChainId(client.chain.id)] }
  const sessions = serializePreferences(preferences)
  const { accounts } = (await client.request({
    method: 'wallet_connect',
    params: [{ version: '1', ...chainIds, capabilities: { sessions } }],
  })) as { accounts: { capabilities: { sessions: Session[] } }[] }
  return accounts[0]?.capabilities.sessions ?? []
}
