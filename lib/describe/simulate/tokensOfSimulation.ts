import type { Address } from 'viem'
import type { Simulation } from '@/lib/describe/simulate/simulation'

/** Tokens whose units the words of a simulation need. */
export function tokensOfSimulation(simulation: Simulation): Address[] {
  if (simulation.outcome !== 'changes') return []
  const moved = simulation.balances.flatMap(({ asset }) => (asset.kind === 'token' ? [asset.token] : []))
  const approved = simulation.approvals.flatMap((one) => (one.kind === 'token' ? [one.token] : []))
  return [...new Set([...moved, ...approved])]
}
