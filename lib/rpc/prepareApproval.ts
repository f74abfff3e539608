import { accounts } from '@/lib/account/accounts'
import { AccountElsewhereError, isUsableOn } from '@/lib/account/isUsableOn'
import type { Approval } from '@/lib/approval/approval'
import { getNetwork } from '@/lib/chains/networks'
import { toRpcError } from '@/lib/errors/toRpcError'
import type { FeeView } from '@/lib/messaging/views'
import { prepare, type Prepared } from '@/lib/operation/prepare'
import { callsOf } from '@/lib/rpc/callsOf'
import type { RpcContext } from '@/lib/rpc/context'
import { learnTokens } from '@/lib/rpc/learnTokens'
import { signersFor } from '@/lib/rpc/signersFor'

/** How often an account that cannot pay yet is looked at, in ms. */
const lookEvery = 2000

/**
 * Brings an approval to the point where the owner can decide: builds its operation, finds who pays, and waits for funds when nobody
 * can. What it finds is on the desk; an error is shown in the window, with a way to try again.
 */
export async function prepareApproval(context: RpcContext, id: string): Promise<void> {
  const { desk, approvals } = context
  desk.put(id, { phase: { phase: 'preparing' } })
  const request = approvals.get(id)?.request
  // The owner turned to something else: who turned it prepares that.
  const isOld = () => approvals.get(id)?.request !== request
  try {
    for (;;) {
      const approval = approvals.get(id)
      if (approval === undefined || approval.outcome !== undefined || approval.operationId !== undefined)
        return
      const entry = await prepareOnce(context, approval)
      if (isOld()) return
      desk.put(id, { ...entry, request })
      if (entry.phase.phase !== 'needs-funds') return
      await new Promise((resolve) => setTimeout(resolve, lookEvery))
      if (isOld()) return
    }
  } catch (error) {
    if (isOld()) return
    desk.put(id, { phase: { phase: 'error', message: toRpcError(error).message, canRetry: true } })
  }
}

async function prepareOnce(context: RpcContext, approval: Approval) {
  const { database } = context
  if (approval.account === null) return { phase: { phase: 'no-account' } } as const
  const account = await accounts.get(database, approval.account.toLowerCase())
  if (account === undefined) return { phase: { phase: 'no-account' } } as const
  const network = await getNetwork(database, approval.chainId)
  if (!isUsableOn(account, network)) throw new AccountElsewhereError(account.name, network.name)
  await learnTokens(context, network, approval)
  const calls = await callsOf(context, approval, network)
  if (calls === null) return { phase: { phase: 'ready', fee: null } } as const
  const prepared = await prepare(context, {
    account,
    network,
    calls,
    passkey:
      approval.request.kind === 'remove-passkey'
        ? (await signersFor(context, account, approval))[0]
        : undefined,
    signer: 'passkey',
    sponsor: approval.sponsor,
  })
  const fee = feeView(prepared)
  const funded = prepared.balance >= prepared.required
  return {
    prepared,
    preparedAt: context.now(),
    phase: funded
      ? ({ phase: 'ready', fee } as const)
      : ({ phase: 'needs-funds', fee, address: account.address } as const),
  }
}

function feeView({ payer, maxFee, balance, required }: Prepared): FeeView {
  return { payer, maxFee, balance, required }
}
