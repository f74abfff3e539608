import { status } from '@/lib/bundler/status'
import { getNetwork } from '@/lib/chains/networks'
import type { Network } from '@/lib/chains/network'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { ServerRefusedError } from '@/lib/bundler/requestServer'
import { applyInclusion, applyOverdue, applyVoid } from '@/lib/operation/applyFate'
import type { OperationContext } from '@/lib/operation/context'
import { amend, OperationMissingError } from '@/lib/operation/journal'
import { observe } from '@/lib/operation/observe'
import { isUnsettled, operations, type OperationRow } from '@/lib/operation/row'
import { submitOperation } from '@/lib/operation/submitOperation'

/** Pauses between looks, in ms: quick at first, then patient. */
const firstPause = 25
const longestPause = 1500
/** How often the chain itself is asked, and the same bytes are sent again, while an operation stays away, in ms. */
const thoroughEvery = 5000
const resendEvery = 15_000

/**
 * Watches a signed operation until its fate is known, and settles it: row, session usage and activity in one transaction. Watching
 * the same operation twice is watching it once. Servers that do not answer are asked again; the fate is never guessed.
 *
 * @param id - Of an operation that was handed to `submitOperation`.
 * @returns The row: `included`, `failed` or `void`, or `overdue`: dead, but for a reorganisation. `recover` looks after that one.
 */
export function settle(context: OperationContext, id: string): Promise<OperationRow> {
  const watching = context.watching.get(id)
  if (watching !== undefined) return watching
  const started = watch(context, id).finally(() => context.watching.delete(id))
  context.watching.set(id, started)
  return started
}

async function watch(context: OperationContext, id: string): Promise<OperationRow> {
  let pause = firstPause
  let lastThorough = Date.now()
  let lastSent = Date.now()
  for (;;) {
    const row = await operations.get(context.database, id)
    if (row === undefined) throw new OperationMissingError()
    if (!isUnsettled(row) || row.status === 'reserved' || row.overdue === true) return row
    const network = await getNetwork(context.database, row.chainId)
    const thorough = Date.now() - lastThorough >= thoroughEvery
    if (thorough) lastThorough = Date.now()
    const settled = await look(context, network, row, thorough)
    if (settled !== null) return settled
    // Its sender was told that the bundler refused it: it is not offered again.
    if (Date.now() - lastSent >= resendEvery && row.rejected === undefined) {
      lastSent = Date.now()
      await submitOperation(context, row)
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
    pause = Math.min(pause * 1.25, longestPause)
  }
}

/**
 * Looks once, and settles what can be settled.
 *
 * @returns The settled or overdue row; `null` while its fate is open or nobody answers.
 */
export async function look(
  context: OperationContext,
  network: Network,
  row: OperationRow,
  thorough: boolean,
): Promise<OperationRow | null> {
  try {
    const seen = await observe(network, row, thorough)
    if (seen.state === 'included') return await applyInclusion(context, row.id, seen.receipt)
    if (seen.state === 'void') return await applyVoid(context, row.id, seen.reason)
    if (seen.state === 'overdue') return await applyOverdue(context, row.id, seen.reason)
    if (row.transactionHash === undefined) await noteTransaction(context, network, row)
    return null
  } catch (error) {
    if (error instanceof UnreachableError || error instanceof ServerRefusedError) return null
    throw error
  }
}

// Known before the receipt is, where the bundler tells. It may still be replaced.
async function noteTransaction(
  context: OperationContext,
  network: Network,
  row: OperationRow,
): Promise<void> {
  const transactionHash = (await status(network, row.userOpHash))?.transactionHash
  if (transactionHash === undefined || transactionHash === null) return
  await amend(context, row.id, (before) => (isUnsettled(before) ? { ...before, transactionHash } : null))
}
