import type { Address, Hex } from 'viem'
import type { WalletClient } from './actions.js'
import { serializeValue } from './serializeValue.js'
import { toHexChainId } from './switchChain.js'

/** A call as `sendCalls` takes it; `value` in wei. */
export type AutoSignCall = {
  readonly to: Address
  readonly data?: Hex | undefined
  readonly value?: bigint | undefined
}

/** The rule of the session that calls break, with its numbers as hex quantities; `call` is the place of the call. */
export type Refusal = { readonly rule: string; readonly call?: number } & Readonly<Record<string, unknown>>

/**
 * Whether calls would be signed without a prompt. If not: `no-session` of this site is open; a rule `refused` them; `locked`: the
 * wallet asks to be unlocked first, then signs; `frame`: this page stands in a frame of another site.
 */
export type AutoSign =
  | { readonly autoSign: true; readonly sessionId: Hex }
  | {
      readonly autoSign: false
      readonly reason: 'refused'
      readonly refusal: Refusal
      readonly sessionId: Hex
    }
  | { readonly autoSign: false; readonly reason: 'locked'; readonly sessionId: Hex }
  | { readonly autoSign: false; readonly reason: 'no-session'; readonly refusal?: Refusal }
  | { readonly autoSign: false; readonly reason: 'frame' }

/**
 * Asks whether a session of this site would sign these calls, sent together, without a prompt. Nothing is signed, and the owner sees
 * nothing. It holds for this moment, and for the session's rules alone: what the fee will be, whether its payer can pay, and whether
 * the user's own limits for all sites are reached, shows when the calls are sent.
 *
 * @throws 4100 when the site is not connected; 5710 when it is on another chain than the client.
 */
export async function canAutoSign(
  client: WalletClient,
  { calls }: { readonly calls: readonly AutoSignCall[] },
): Promise<AutoSign> {
  const chainId = client.chain === undefined ? {} : { chainId: toHexChainId(client.chain.id) }
  const asked = calls.map(({ to, data, value }) => serializeValue({ to, data, value }))
  return (await client.request({
    method: 'wallet_canAutoSign',
    params: [{ ...chainId, calls: asked }],
  })) as AutoSign
}
