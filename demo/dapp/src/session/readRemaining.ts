import type { Address, Hex, PublicClient } from 'viem'
import { hexToNumber, slice } from 'viem'
import { sessionModuleAbi } from '../chain/sessionModuleAbi'
import type { Stack } from '../stack/stack'

/** What a session may still do by the chain's own count, in the smallest units. */
export type Remaining = {
  /** Unix seconds, chain time. */
  readonly expiresAt: number
  /** DEMO left today. */
  readonly demo: bigint
  /** Plantings left this hour. */
  readonly plantings: bigint
  /** ETH left for tips, in wei. */
  readonly tips: bigint
  readonly tipUses: bigint
  /** In wei. */
  readonly fee: bigint
}

/**
 * Reads from the session module what is left of session `id`. The spec comes from the event that created the session, so that this
 * page needs no wallet to know it.
 *
 * @returns `null` when the chain does not know the session (yet).
 * @throws {Error} The session is not one that Orchard asked for.
 */
export async function readRemaining(
  reader: PublicClient,
  stack: Stack,
  account: Address,
  id: Hex,
): Promise<Remaining | null> {
  const address = stack.contracts.sessionKeyValidator
  const [created] = await reader.getContractEvents({
    address,
    abi: sessionModuleAbi,
    eventName: 'SessionCreated',
    args: { account, id },
    fromBlock: 0n,
    strict: true,
  })
  if (!created) return null
  const { spec } = created.args
  const state = await reader.readContract({
    address,
    abi: sessionModuleAbi,
    functionName: 'sessionState',
    args: [account, spec],
  })
  // Policies stand in canonical order: transfers first, then calls by ascending target.
  const tokenFirst = BigInt(stack.tokens.demoToken) < BigInt(stack.demo.orchard)
  const [tip, first, second] = state.policies
  const token = tokenFirst ? first : second
  const orchard = tokenFirst ? second : first
  const amount = token?.constraints[1]
  if (!tip || !orchard || !amount || state.policies.length !== 3)
    throw new Error('This session is not the one that Orchard asks for.')
  return {
    expiresAt: hexToNumber(slice(spec, 20, 26)),
    demo: amount.left,
    plantings: orchard.usesLeft,
    tips: tip.valueLeft,
    tipUses: tip.usesLeft,
    fee: state.feeLeft,
  }
}
