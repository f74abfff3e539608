import type { Account } from '@/lib/account/account'
import { accounts } from '@/lib/account/accounts'
import { isUsableOn } from '@/lib/account/isUsableOn'
import { getNetwork } from '@/lib/chains/networks'
import type { RpcContext } from '@/lib/rpc/context'
import { prepareApproval } from '@/lib/rpc/prepareApproval'

/**
 * Adds an account to the wallet, under the next free name. Approvals that wait for an account, on a network where it can be used, go on
 * with it.
 */
export async function keepAccount(
  context: RpcContext,
  parts: Omit<Account, 'id' | 'name' | 'createdAt'>,
): Promise<Account> {
  const count = (await accounts.getAll(context.database)).length
  const account: Account = {
    id: parts.address.toLowerCase(),
    name: count === 0 ? 'Account' : `Account ${count + 1}`,
    createdAt: context.now(),
    ...parts,
  }
  await accounts.put(context.database, account)
  for (const approval of context.approvals.open()) {
    if (approval.account !== null) continue
    const wanted = await getNetwork(context.database, approval.chainId)
    if (!isUsableOn(account, wanted)) continue
    await context.approvals.update(approval.id, { account: account.address })
    void prepareApproval(context, approval.id)
  }
  context.changed()
  return account
}
