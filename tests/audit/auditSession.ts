import type { Address, Hex, PublicClient } from 'viem'
import { decodeSpec } from '@/lib/account/codecs/latchkey/decodeSpec'
import { latchkeyCodec } from '@/lib/account/codecs/latchkey/latchkeyCodec'
import { sessionKeyValidatorAbi } from '@/lib/chains/abi/sessionKeyValidator.gen'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { applyCharges } from '@/lib/policy/applyCharges'
import { check } from '@/lib/policy/check'
import { kindRules } from '@/lib/policy/kindRules'
import { remaining, type Remaining } from '@/lib/policy/remaining'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Charge, Usage } from '@/lib/policy/usage'
import { chainOperations, type ChainOperation } from './chainOperations'

/** An operation with what it took from the session's limits. */
export type AuditedOperation = ChainOperation & { readonly charges: readonly Charge[] }

/** A session's usage, recomputed from the chain alone. */
export type Audit = {
  readonly id: Hex
  readonly spec: SessionSpec
  readonly operations: readonly AuditedOperation[]
  readonly usage: Usage
  /** What is left of each limit at the chain's newest block. */
  readonly remaining: readonly Remaining[]
  /** Where the sum of the operations and the session module's own counters differ. Empty when all is well. */
  readonly faults: readonly string[]
}

/**
 * Recomputes a session from the chain: the spec from the event that created it, the charges of every operation by the policy rules,
 * and compares their sum with the session module's counters.
 *
 * @throws {Error} The account never created this session on this chain.
 */
export async function auditSession(client: PublicClient, account: Address, id: Hex): Promise<Audit> {
  const [created] = await client.getContractEvents({
    address: latchkey.sessionKeyValidator,
    abi: sessionKeyValidatorAbi,
    eventName: 'SessionCreated',
    args: { account, id },
    fromBlock: 0n,
    strict: true,
  })
  if (created === undefined) throw new Error(`${account} never created the session ${id} on this chain.`)
  const spec = decodeSpec(created.args.spec)
  const faults: string[] = []
  const operations: AuditedOperation[] = []
  let usage: Usage = {}
  for (const operation of await chainOperations(client, account, id)) {
    const { calls, timestamp, fee, paymaster, userOpHash } = operation
    const verdict = check({
      spec,
      usage,
      calls,
      timestamp,
      fee: { fee, paymaster },
      banned: [],
      rules: kindRules.latchkey,
    })
    if (!verdict.ok)
      faults.push(`${userOpHash}: the chain took what the rules refuse (${verdict.refusal.rule}).`)
    const charges = verdict.ok ? verdict.charges : []
    usage = applyCharges(usage, charges)
    operations.push({ ...operation, charges })
  }
  const { timestamp } = await client.getBlock({ blockTag: 'latest' })
  const left = remaining(spec, usage, Number(timestamp))
  faults.push(...(await compareWithModule(client, account, spec, left, Number(timestamp))))
  return { id, spec, operations, usage, remaining: left, faults }
}

async function compareWithModule(
  client: PublicClient,
  account: Address,
  spec: SessionSpec,
  left: readonly Remaining[],
  timestamp: number,
): Promise<string[]> {
  const { data } = await client.call(latchkeyCodec.sessionStateCall(latchkey, account, spec))
  if (data === undefined) return ['The session module does not answer sessionState.']
  const { usage } = latchkeyCodec.decodeSessionState(spec, data)
  return remaining(spec, usage, timestamp).flatMap(({ cell, used }, index) =>
    left[index]?.used === used
      ? []
      : [`${cell}: the operations sum up to ${left[index]?.used}, the session module counts ${used}.`],
  )
}
