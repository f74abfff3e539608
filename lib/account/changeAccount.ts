import type { Account, Passkey } from '@/lib/account/account'
import { accounts } from '@/lib/account/accounts'
import type { Database } from '@/lib/storage/database'
import { transact, type Transaction } from '@/lib/storage/transact'

/**
 * Changes an account as it stands in the database, so that two changes never overwrite each other. Does nothing to an account that
 * is not there.
 *
 * @param id - The address in lower case.
 * @param change - Returns the next row, or `null` to leave it as it is.
 */
export async function changeAccount(
  source: Database | Transaction,
  id: string,
  change: (account: Account) => Account | null,
): Promise<void> {
  if (!('objectStore' in source))
    return transact(source, [accounts.store], 'readwrite', (tx) => changeAccount(tx, id, change))
  const before = await accounts.get(source, id)
  const after = before === undefined ? null : change(before)
  if (after !== null) await accounts.put(source, after)
}

/** The account with one of its passkeys changed. */
export function withPasskey(
  account: Account,
  credentialId: string,
  change: (passkey: Passkey) => Passkey,
): Account {
  const changed = (passkey: Passkey) =>
    passkey.credentialId.toLowerCase() === credentialId.toLowerCase() ? change(passkey) : passkey
  const [first, ...rest] = account.passkeys
  return { ...account, passkeys: [changed(first), ...rest.map(changed)] }
}
