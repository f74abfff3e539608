import { isAddressEqual } from 'viem'
import type { Stack } from '../stack/stack'
import type { Session } from './readSession'

/** What a session may still do, in the smallest units. */
export type Remaining = {
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
 * Sorts out what is left of a session by what it is for. A period that has ended since the wallet answered counts as begun anew.
 *
 * @param now - Unix seconds, chain time.
 * @returns Zero for what the session does not allow.
 */
export function remaining({ remaining: cells }: Session, stack: Stack, now: number): Remaining {
  const left = (kind: Session['remaining'][number]['subject']['kind'], target?: `0x${string}`): bigint => {
    const cell = cells.find(
      ({ subject }) =>
        subject.kind === kind &&
        (target === undefined || (subject.target !== undefined && isAddressEqual(subject.target, target))),
    )
    if (!cell) return 0n
    return cell.resetsAt !== null && now >= cell.resetsAt ? cell.limit.limit : cell.left
  }
  return {
    demo: left('argument', stack.tokens.demoToken),
    plantings: left('uses', stack.demo.orchard),
    tips: left('value', stack.demo.tipJar),
    tipUses: left('uses', stack.demo.tipJar),
    fee: left('fee'),
  }
}
