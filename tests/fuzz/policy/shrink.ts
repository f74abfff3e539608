import { compare, type Disagreement } from './compare'
import type { Rules } from './Player'
import { playScenario } from './randomScenario'
import type { OperationStep, Scenario } from './scenario'

/** Most scenarios that are tried to make one smaller. */
const patience = 40

/** Makes a disagreeing scenario smaller as long as it still disagrees. All candidates of a round go to the chain at once. */
export async function shrink(first: Disagreement, rules: Rules, name: string): Promise<Disagreement> {
  let smallest = first
  for (let round = 0; round < patience; round++) {
    const candidates = smallerThan(smallest.scenario)
    if (candidates.length === 0) return smallest
    const { disagreements } = await compare(async (script) => {
      const made = []
      // Each has an expiry of its own, as the chain takes one spec once.
      for (const scenario of candidates)
        made.push({ scenario, player: await playScenario(scenario, script, rules) })
      return made
    }, name)
    const next = disagreements.find(({ what }) => kindOf(what) === kindOf(first.what))
    if (!next) return smallest
    smallest = next
  }
  return smallest
}

/** Scenarios with one thing less. Specs differ by their expiry, a second apart, so that each is a session of its own. */
function smallerThan(scenario: Scenario): Scenario[] {
  const { steps, spec } = scenario
  const found: Scenario[] = []
  for (const index of steps.keys()) found.push({ ...scenario, steps: without(steps, index) })
  for (const [place, step] of steps.entries()) {
    if (step.kind !== 'operation') continue
    const put = (change: Partial<OperationStep>) =>
      found.push({ ...scenario, steps: steps.with(place, { ...step, ...change }) })
    if (step.calls.length > 1)
      for (const index of step.calls.keys()) put({ calls: without(step.calls, index) })
    if (step.damage) put({ damage: undefined })
    if (step.paymaster) put({ paymaster: undefined })
    if (step.maxFeePerGas > 0n) put({ maxFeePerGas: 0n })
  }
  for (const index of spec.transferPolicies.keys())
    found.push({ ...scenario, spec: { ...spec, transferPolicies: without(spec.transferPolicies, index) } })
  for (const [index, policy] of spec.callPolicies.entries()) {
    found.push({ ...scenario, spec: { ...spec, callPolicies: without(spec.callPolicies, index) } })
    for (const place of policy.constraints.keys()) {
      const callPolicies = spec.callPolicies.with(index, {
        ...policy,
        constraints: without(policy.constraints, place),
      })
      found.push({ ...scenario, spec: { ...spec, callPolicies } })
    }
  }
  const most = scenario.createdAt + 365 * 86_400
  return found
    .filter(
      ({ spec: { transferPolicies, callPolicies } }) => transferPolicies.length + callPolicies.length > 0,
    )
    .map((item, index) => ({
      ...item,
      spec: { ...item.spec, expiresAt: Math.min(item.spec.expiresAt + index, most - index) },
    }))
    .filter(
      (item, index, all) =>
        all.findIndex(({ spec: { expiresAt } }) => expiresAt === item.spec.expiresAt) === index,
    )
}

function without<item>(items: readonly item[], index: number): item[] {
  return items.toSpliced(index, 1)
}

/** The part of a difference that stays when amounts change. */
function kindOf(what: string): string {
  return what.replace(/0x[0-9a-f]*|\d+/g, '').trim()
}
