import { BaseError as ViemError, getContractAddress, RpcRequestError, type Address, type Hex } from 'viem'
import type { Account } from '@/lib/account/account'
import { codecFor } from '@/lib/account/codecs/codec'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { parseSimulation } from '@/lib/describe/simulate/parseSimulation'
import { readChanges } from '@/lib/describe/simulate/readChanges'
import { revertText } from '@/lib/describe/simulate/revertText'
import type { Simulation, SimulationGap } from '@/lib/describe/simulate/simulation'
import type { Call } from '@/lib/policy/call'

/** A call that is tried. */
type Tried = { readonly from: Address; readonly to: Address; readonly data: Hex }

/**
 * Lets the node try what an account would do, on the newest block: EntryPoint hands it exactly these calls. An account without code
 * is deployed first, in the same try. A node without `eth_simulateV1` tells only whether the calls go through.
 *
 * Never rejects for what a node says or does not say.
 */
export async function simulateCalls(
  network: Network,
  account: Account,
  calls: readonly Call[],
): Promise<Simulation> {
  const { entryPoint } = network.deployment
  const codec = codecFor(network.deployment.kind)
  const call: Tried = { from: entryPoint, to: account.address, data: codec.encodeCalls(calls) }
  const code = await ask(network, 'eth_getCode', [account.address, 'latest'])
  if (code === null || !('result' in code)) return gap('unreachable')
  const deployed = typeof code.result === 'string' && code.result !== '0x'
  const tried = deployed ? [call] : [deployment(network, account), call]
  const options = { blockStateCalls: [{ calls: tried }], traceTransfers: true, validation: false }
  const answer = await ask(network, 'eth_simulateV1', [options, 'latest'])
  if (answer === null) return gap('unreachable')
  if (!('result' in answer)) return deployed ? tryOnly(network, call) : gap('not-deployed')
  const results = parseSimulation(answer.result, tried.length)
  const last = results?.at(-1)
  if (results === null || last === undefined) return gap('unreachable')
  if (results.slice(0, -1).some(({ passed }) => !passed)) return gap('not-deployed')
  if (!last.passed) return { outcome: 'reverts', reason: revertText(last.returnData) }
  return { outcome: 'changes', ...readChanges(last.logs, account.address) }
}

/** The creation of an account, by whom EntryPoint lets create it. */
function deployment({ deployment: contracts }: Network, { factory, index, passkeys }: Account): Tried {
  const origin = { deployment: { ...contracts, factory }, index, passkey: passkeys[0] }
  const init = codecFor(contracts.kind).initCode(origin)
  // EntryPoint's constructor creates the SenderCreator: its first contract.
  const from = getContractAddress({ from: contracts.entryPoint, nonce: 1n })
  return { from, to: init.factory, data: init.factoryData }
}

async function tryOnly(network: Network, call: Tried): Promise<Simulation> {
  const answer = await ask(network, 'eth_call', [call, 'latest'])
  if (answer === null) return gap('unreachable')
  if ('result' in answer) return { outcome: 'unknown', why: 'unsupported', passes: true }
  return answer.isRevert ? { outcome: 'reverts', reason: revertText(answer.data) } : gap('unsupported')
}

const gap = (why: SimulationGap): Simulation => ({ outcome: 'unknown', why, passes: false })

type Answer = { readonly result: unknown } | { readonly isRevert: boolean; readonly data: Hex }

/** What a node answers: a result, or an error of its own; `null` when it does not answer. */
async function ask(network: Network, method: string, params: readonly unknown[]): Promise<Answer | null> {
  const request = publicClient(network).request as (args: {
    method: string
    params: readonly unknown[]
  }) => Promise<unknown>
  try {
    return { result: await request({ method, params }) }
  } catch (error) {
    const refusal =
      error instanceof ViemError ? error.walk((cause) => cause instanceof RpcRequestError) : null
    if (!(refusal instanceof RpcRequestError)) return null
    const { code, data } = refusal
    const bytes = typeof data === 'string' && /^0x([0-9a-f]{2})*$/i.test(data) ? (data as Hex) : '0x'
    return { isRevert: code === 3 || /revert/i.test(refusal.details), data: bytes }
  }
}
