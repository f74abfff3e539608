import { activityContexts } from '@/entrypoints/popup/activity/activityContexts'
import { activityTitle } from '@/lib/describe/activityTitle'
import type { ActivityView, Snapshot } from '@/lib/messaging/views'

const columns = [
  'time',
  'site',
  'network',
  'chainId',
  'account',
  'signedBy',
  'sessionId',
  'what',
  'status',
  'transactionHash',
  'userOpHash',
  'gasUsed',
] as const

/** The activity as a table (RFC 4180): times in UTC, amounts as the wallet words them. */
export function activityCsv(entries: readonly ActivityView[], snapshot: Snapshot): string {
  const contextOf = activityContexts(snapshot)
  const networks = new Map(snapshot.networks.map(({ chainId, name }) => [chainId, name]))
  const rows = entries.map((entry) => [
    new Date(entry.at).toISOString(),
    entry.origin ?? 'Latchkey',
    networks.get(entry.chainId) ?? '',
    entry.chainId,
    entry.account,
    entry.signedBy,
    entry.sessionId ?? '',
    activityTitle(entry, contextOf(entry)),
    entry.status,
    entry.transactionHash ?? '',
    entry.userOpHash ?? '',
    entry.gasUsed ?? '',
  ])
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** The activity with everything that was recorded of it; amounts as decimal text in smallest units. */
export function activityJson(entries: readonly ActivityView[]): string {
  return toJson(entries)
}

/** Accounts, sites, sessions, networks, tokens and settings. Servers are left out: their addresses may hold a key. */
export function publicState(snapshot: Snapshot): string {
  const { accounts, connections, sessions, networks, tokens, settings } = snapshot
  return toJson({
    accounts,
    networks: networks.map(({ chainId, name, kind, currency }) => ({ chainId, name, kind, currency })),
    connections: connections.map(({ metadata, ...connection }) => ({ ...connection, name: metadata.name })),
    sessions: sessions.map(({ metadata, ...session }) => ({ ...session, name: metadata.name })),
    tokens,
    settings,
  })
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item), 2)}\n`
}

// What begins like a formula is one in a spreadsheet, and sites choose some of these words.
function cell(value: string | number | bigint): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
