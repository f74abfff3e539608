import { accounts } from '@/lib/account/accounts'
import type { Account } from '@/lib/account/account'
import { AccountElsewhereError, isUsableOn } from '@/lib/account/isUsableOn'
import type { Network } from '@/lib/chains/network'
import type { Connection } from '@/lib/connection/connections'
import type { RpcContext } from '@/lib/rpc/context'

/**
 * The account that a site gets on a network: the one that it sees already, if that can be used there, else the oldest that can.
 *
 * @param current - Of the site's connection.
 * @returns `null` when the owner has to create one first.
 */
export async function usableAccount(
  { database }: Pick<RpcContext, 'database'>,
  network: Network,
  current: string | undefined,
): Promise<Account | null> {
  const usable = (await accounts.getAll(database))
    .filter((account) => isUsableOn(account, network))
    .sort((a, b) => a.createdAt - b.createdAt)
  return usable.find(({ id }) => id === current?.toLowerCase()) ?? usable[0] ?? null
}

/**
 * Checks that the account which a site sees can be used on a network.
 *
 * @throws {AccountElsewhereError} 4901: the site is to connect again, with the chain's id.
 */
export async function checkUsable(
  { database }: Pick<RpcContext, 'database'>,
  { account: address }: Pick<Connection, 'account'>,
  network: Network,
): Promise<void> {
  const account = await accounts.get(database, address.toLowerCase())
  if (account !== undefined && !isUsableOn(account, network))
    throw new AccountElsewhereError(account.name, network.name)
}
