import {
  CallExecutionError,
  HttpRequestError,
  isAddressEqual,
  TimeoutError,
  type Address,
  type Hex,
} from 'viem'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { CleanUp, StandingApproval } from '@/lib/messaging/cleanUpView'
import { operations, type OperationRow } from '@/lib/operation/row'
import { approvalMade, type ApprovalPlace } from '@/lib/policy/approvalMade'
import { approvalLogs } from '@/lib/rpc/cleanUp/approvalLogs'
import { standingAmount } from '@/lib/rpc/cleanUp/standingAmount'
import { undoApproval } from '@/lib/rpc/cleanUp/undoApproval'
import type { RpcContext } from '@/lib/rpc/context'
import type { SessionRow } from '@/lib/session/session'

/** Most approvals that one operation takes back. */
const most = 40

/**
 * The approvals that sessions left behind and that still stand: those in the journal, and those in the chain's logs since the first of
 * them began that no other operation of this wallet made. What cannot be read is said, never taken for nothing.
 *
 * @param place - Sessions of one account on one chain; at least one.
 */
export async function findApprovals(
  context: RpcContext,
  network: Network,
  place: readonly SessionRow[],
): Promise<CleanUp> {
  const [first] = place
  if (first === undefined) return { approvals: [], kept: [], unread: null }
  const { account, chainId } = first
  const journal = await operations.index(context.database, 'byAccountChain', [account, chainId])
  const ids = new Set<Hex>(place.map(({ id }) => id))
  const own = journal.filter(({ sessionId }) => sessionId !== null && ids.has(sessionId))
  const others = journal.filter((row) => !own.includes(row))
  const found = new Map(own.flatMap(approvalsOf).map((item) => [keyOf(item), item]))
  let unread: string | null = null
  try {
    const { found: logged, isComplete } = await approvalLogs(network, account, beginOf(place, journal))
    const known = new Set(others.flatMap(approvalsOf).map(keyOf))
    const ownHashes = new Set(own.map(({ transactionHash }) => transactionHash))
    const otherHashes = new Set(others.map(({ transactionHash }) => transactionHash))
    for (const { transactionHash, ...item } of logged) {
      const isOthers = otherHashes.has(transactionHash) && !ownHashes.has(transactionHash)
      if (!isOthers && !known.has(keyOf(item))) found.set(keyOf(item), item)
    }
    if (!isComplete) unread = `It is older than the blocks of ${network.name} that were looked through.`
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error
    unread = `The node of ${network.name} does not tell what was approved in earlier blocks.`
  }
  try {
    const standing = await stillStanding(context, network, account, [...found.values()])
    const kept: StandingApproval[] = []
    const approvals: StandingApproval[] = []
    for (const item of standing)
      (approvals.length < most && (await canUndo(network, account, item)) ? approvals : kept).push(item)
    return { approvals, kept, unread }
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error
    return { approvals: [], kept: [], unread: error.message }
  }
}

async function stillStanding(
  { now: computerNow, clock }: RpcContext,
  network: Network,
  account: Address,
  places: readonly ApprovalPlace[],
): Promise<StandingApproval[]> {
  const now = Math.floor(computerNow() / 1000) + clock.skew(network.chainId)
  const all = await Promise.all(
    places
      .filter(({ spender }) => !isAddressEqual(spender, account))
      .map(async (item) => ({ ...item, amount: await standingAmount(network, account, item, now) })),
  )
  return all.filter(({ amount }) => amount > 0n)
}

/** A token that refuses would keep the session from being closed: all of an operation happens, or nothing. */
async function canUndo(network: Network, account: Address, item: ApprovalPlace): Promise<boolean> {
  const { to, data } = undoApproval(item)
  try {
    await publicClient(network).call({ account, to, data })
    return true
  } catch (cause) {
    const refuses =
      cause instanceof CallExecutionError &&
      cause.walk((e) => e instanceof HttpRequestError || e instanceof TimeoutError) === null
    if (refuses) return false
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}

function approvalsOf({ calls, status }: OperationRow): ApprovalPlace[] {
  if (status === 'void' || status === 'failed') return []
  return calls.map(approvalMade).filter((item) => item !== null)
}

/** The block before which none of the sessions could sign; `null` when the journal does not know. */
function beginOf(place: readonly SessionRow[], journal: readonly OperationRow[]): bigint | null {
  const rows = place.map(({ operationId }) => journal.find(({ id }) => id === operationId))
  if (rows.includes(undefined)) return null
  return rows.reduce<bigint | null>((least, row) => {
    const block = row?.fromBlock ?? 0n
    return least === null || block < least ? block : least
  }, null)
}

const keyOf = ({ kind, token, spender }: ApprovalPlace) => `${kind} ${token} ${spender}`
