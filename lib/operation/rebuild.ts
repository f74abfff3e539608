import { codecFor } from '@/lib/account/codecs/codec'
import type { ChainSession } from '@/lib/account/codecs/chainSession'
import type { Head } from '@/lib/bundler/clock'
import type { Network } from '@/lib/chains/network'
import { getNetwork, UnknownNetworkError } from '@/lib/chains/networks'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { OperationContext } from '@/lib/operation/context'
import { isIntact } from '@/lib/operation/isIntact'
import { forgetOpen } from '@/lib/operation/openOperations'
import { signatureLifetime } from '@/lib/operation/prepare'
import { readHead } from '@/lib/operation/readHead'
import { isUnsettled, operations, type OperationRow } from '@/lib/operation/row'
import { countedUsage } from '@/lib/operation/standing'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { transact } from '@/lib/storage/transact'

/** Seconds after which nothing that was signed can be included any more, a clock that was wrong by as much allowed for. */
const everythingDead = 2 * signatureLifetime
const live = new Set<SessionRow['status']>(['pending', 'active', 'paused', 'closing'])

/**
 * Reads from the chain what sessions have used whose usage is not known here, as a row of the journal is lost or damaged. They sign
 * nothing from the moment that it is found; once a final block is past the deadline of all that may have been signed before, the
 * session module's own counters in it are the usage.
 */
export async function rebuild(context: OperationContext): Promise<void> {
  for (const session of await sessions.getAll(context.database)) {
    if (!live.has(session.status)) continue
    if ((await countedUsage(context.database, session)) !== null) continue
    try {
      await rebuildOne(context, session)
    } catch (error) {
      // Refused until its chain answers.
      if (!(error instanceof UnreachableError || error instanceof UnknownNetworkError)) throw error
    }
  }
}

async function rebuildOne(context: OperationContext, session: SessionRow): Promise<void> {
  const network = await getNetwork(context.database, session.chainId)
  await context.clock.refresh(network)
  const since = session.unknownSince ?? context.clock.now(network.chainId)
  if (session.unknownSince === undefined) await change(context, session, { unknownSince: since })
  const final = await readHead(network, 'finalized')
  const { signsDeadline } = codecFor(network.deployment.kind)
  // Without a deadline it could be included until the session ends.
  if (final.timestamp <= (signsDeadline ? since + everythingDead : session.spec.expiresAt)) return
  const open = await openRows(context, session)
  // What is whole is settled by what the chain shows of it, first.
  if (open.some(isIntact)) return
  const state = await readState(network, session, final)
  const rebuilt = { usage: state.usage, status: statusOf(session, state), unknownSince: undefined }
  await change(context, session, rebuilt, open)
}

async function openRows({ database }: OperationContext, { id }: SessionRow): Promise<OperationRow[]> {
  return (await operations.index(database, 'bySession', id)).filter(isUnsettled)
}

function statusOf({ status }: SessionRow, state: ChainSession): SessionRow['status'] {
  if (state.status === 'closed') return 'closed'
  if (state.status === 'none') return status === 'pending' ? status : 'failed'
  return status === 'pending' ? 'active' : status
}

async function readState(network: Network, session: SessionRow, block: Head): Promise<ChainSession> {
  const codec = codecFor(network.deployment.kind)
  const call = codec.sessionStateCall(network.deployment, session.account, session.spec)
  try {
    const { data } = await publicClient(network).call({ ...call, blockNumber: block.number })
    if (data === undefined) throw new TypeError('The session module does not answer.')
    return codec.decodeSessionState(session.spec, data, block.timestamp)
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}

const damaged = 'Its entry was damaged. What it used, if anything, was read from the chain.'

async function change(
  context: OperationContext,
  { id }: SessionRow,
  next: Partial<SessionRow>,
  retired: readonly OperationRow[] = [],
): Promise<void> {
  const stores = ['sessions', 'operations', 'meta'] as const
  await transact(context.database, stores, 'readwrite', async (transaction) => {
    const session = await sessions.get(transaction, id)
    if (session === undefined) return
    await sessions.put(transaction, { ...session, ...next })
    if (next.usage === undefined) return
    await forgetOpen(transaction, id)
    for (const row of retired) await operations.put(transaction, { ...row, status: 'void', error: damaged })
  })
  for (const row of retired) context.onChange({ ...row, status: 'void' })
}
