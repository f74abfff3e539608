import type { CellId, Charge, Usage, Used } from '@/lib/policy/usage'

/**
 * What the chain counts beyond the journal: the session was used from elsewhere, or this journal is an older copy. As charges, to be
 * added to the settled usage. Where the journal counts more than the chain, it knows of operations that the chain does not have
 * yet, and stays as it is.
 *
 * @param known - Usage by settled operations and by those under way.
 * @param onChain - As the chain told it.
 */
export function foreignUsage(known: Usage, onChain: Usage): Charge[] {
  return (Object.entries(onChain) as [CellId, Used][]).flatMap(([cell, { used, period }]) => {
    const own = known[cell]
    if (own === undefined || own.period < period) return [{ cell, amount: used, period }]
    return own.period === period && used > own.used ? [{ cell, amount: used - own.used, period }] : []
  })
}
