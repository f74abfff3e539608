import type { Account } from '@/lib/account/account'
import { table } from '@/lib/storage/table'

/** Accounts of the wallet, by address in lower case. */
export const accounts = table<Account>('accounts')
