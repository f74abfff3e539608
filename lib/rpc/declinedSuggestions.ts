import { keccak256, stringToHex } from 'viem'
import type { Approval } from '@/lib/approval/approval'
import type { Call } from '@/lib/policy/call'
import { keyOf } from '@/lib/policy/suggestSession'
import type { Database } from '@/lib/storage/database'
import { table } from '@/lib/storage/table'

type DeclinedRow = { readonly key: string }

const declined = table<DeclinedRow>('meta')

/** What makes two requests the like of each other: the functions and targets of their calls, in order. */
export const likenessOf = (calls: readonly Call[]): string => calls.map(keyOf).join(' ')

function keyFor({ origin, account, chainId }: Approval, calls: readonly Call[]): string {
  const what = `${origin ?? ''} ${account?.toLowerCase() ?? ''} ${chainId} ${likenessOf(calls)}`
  return `declined:${keccak256(stringToHex(what))}`
}

/** Remembers that the owner wants no session offered for the like of these calls of a site. */
export async function decline(database: Database, approval: Approval, calls: readonly Call[]): Promise<void> {
  await declined.put(database, { key: keyFor(approval, calls) })
}

/** Whether the owner declined a session for the like of these calls of a site. */
export async function isDeclined(
  database: Database,
  approval: Approval,
  calls: readonly Call[],
): Promise<boolean> {
  return (await declined.get(database, keyFor(approval, calls))) !== undefined
}
