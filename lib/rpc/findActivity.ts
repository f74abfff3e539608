import type { Hex } from 'viem'
import { accounts } from '@/lib/account/accounts'
import { listActivity, type ActivityRow } from '@/lib/activity/activity'
import { listTokens } from '@/lib/assets/tokens'
import { listNetworks } from '@/lib/chains/networks'
import { connections } from '@/lib/connection/connections'
import { activityMatches, searchTerms } from '@/lib/describe/activityMatches'
import type { DescribeContext } from '@/lib/describe/context'
import type {
  ActivityFilter,
  ActivityPage,
  ActivityQuery,
  ActivityState,
} from '@/lib/messaging/activityQuery'
import { sessions } from '@/lib/session/sessions'
import type { Database } from '@/lib/storage/database'

/** Entries of a page. */
const mostEntries = 50
/** Rows that are looked at in one go: what waits behind it in the worker waits some milliseconds. */
const mostRows = 400

/** The next entries that a query wants, newest first. Reads a bounded number of rows; the answer says where to go on. */
export async function findActivity(
  database: Database,
  { filter, before }: ActivityQuery,
): Promise<ActivityPage> {
  const { text = '', ...plain } = filter
  const isWanted = await searchFor(database, searchTerms(text))
  const isFiltered = text !== '' || Object.values(plain).some((value) => value !== undefined)
  const limit = isFiltered ? mostRows : mostEntries
  const rows = await listActivity(database, limit, before)
  const entries: ActivityRow[] = []
  for (const row of rows) {
    if (passes(row, plain) && isWanted(row)) entries.push(row)
    if (entries.length === mostEntries) return { entries, next: { at: row.at, id: row.id } }
  }
  const last = rows.at(-1)
  return { entries, next: last === undefined || rows.length < limit ? null : { at: last.at, id: last.id } }
}

const states: Readonly<Record<ActivityRow['status'], ActivityState>> = {
  reserved: 'under-way',
  signed: 'under-way',
  sent: 'under-way',
  included: 'done',
  final: 'done',
  failed: 'failed',
  void: 'void',
}

function passes(row: ActivityRow, filter: ActivityFilter): boolean {
  const { origin, account, chainId, signedBy, state, purpose, sessionId } = filter
  return (
    (origin === undefined || row.origin === origin) &&
    (account === undefined || row.account.toLowerCase() === account.toLowerCase()) &&
    (chainId === undefined || row.chainId === chainId) &&
    (signedBy === undefined || row.signedBy === signedBy) &&
    (state === undefined || states[row.status] === state) &&
    (purpose === undefined || row.purpose === purpose) &&
    (sessionId === undefined || isOf(row, sessionId))
  )
}

function isOf({ sessionId, sessionIds = [], replacesIds = [] }: ActivityRow, wanted: Hex): boolean {
  return sessionId === wanted || sessionIds.includes(wanted) || replacesIds.includes(wanted)
}

async function searchFor(
  database: Database,
  terms: readonly string[],
): Promise<(row: ActivityRow) => boolean> {
  if (terms.length === 0) return () => true
  const [own, networks, tokens, sites, allSessions] = await Promise.all([
    accounts.getAll(database),
    listNetworks(database),
    listTokens(database),
    connections.getAll(database),
    sessions.getAll(database),
  ])
  const siteNames = new Map<string | null, string | undefined>(
    [...allSessions, ...sites].map(({ origin, metadata }) => [origin, metadata.name]),
  )
  const names = Object.fromEntries(own.map(({ id, name }) => [id, name]))
  const functions = Object.fromEntries(allSessions.flatMap((session) => Object.entries(session.functions)))
  const contexts = new Map<number, DescribeContext>()
  const contextOf = (chainId: number): DescribeContext => {
    const known = contexts.get(chainId)
    if (known !== undefined) return known
    const network = networks.find((one) => one.chainId === chainId)
    const made = {
      currency: network?.currency ?? { symbol: 'ETH', decimals: 18 },
      tokens: tokens.filter((token) => token.chainId === chainId),
      functions,
      names,
      now: 0,
    }
    contexts.set(chainId, made)
    return made
  }
  return (row) => activityMatches(row, terms, contextOf(row.chainId), siteNames.get(row.origin))
}
