import type { IDBPDatabase, IDBPTransaction } from 'idb'

/** The stores of the database. Each row type is declared by the room that owns it. */
export const storeNames = [
  'accounts',
  'networks',
  'connections',
  'sessions',
  'vaults',
  'operations',
  'activity',
  'meta',
  'settings',
] as const

/** Name of a store. */
export type StoreName = (typeof storeNames)[number]

type Upgrade = IDBPDatabase<unknown>
type UpgradeTransaction = IDBPTransaction<unknown, string[], 'versionchange'>

/** Steps from version n to n + 1, applied in order. A released step is never changed; a new one is appended. */
const steps: readonly ((database: Upgrade, transaction: UpgradeTransaction) => void)[] = [
  (database) => {
    database.createObjectStore('accounts', { keyPath: 'id' })
    database.createObjectStore('networks', { keyPath: 'chainId' })
    database.createObjectStore('connections', { keyPath: 'origin' })
    database.createObjectStore('sessions', { keyPath: 'id' })
    database.createObjectStore('vaults', { keyPath: 'id' })
    const operations = database.createObjectStore('operations', { keyPath: 'id' })
    operations.createIndex('bySession', 'sessionId')
    operations.createIndex('byStatus', 'status')
    operations.createIndex('byAccountChain', ['account', 'chainId'])
    operations.createIndex('byCallsId', 'dappCallsId')
    const activity = database.createObjectStore('activity', { keyPath: 'id' })
    activity.createIndex('byAt', 'at')
    database.createObjectStore('meta', { keyPath: 'key' })
  },
  (database, transaction) => {
    database.createObjectStore('settings', { keyPath: 'key' })
    // The user's own limits count what was signed lately.
    // A database that lacks the store is refused when it is opened.
    if (database.objectStoreNames.contains('operations'))
      transaction.objectStore('operations').createIndex('byCreatedAt', 'createdAt')
  },
]

/** Version of the database that this build reads and writes. */
export const databaseVersion = steps.length

/**
 * Brings a database from `oldVersion` to {@link databaseVersion}, inside the upgrade transaction: all steps happen or none.
 *
 * @param oldVersion - 0 for a new database.
 */
export function migrate(database: Upgrade, transaction: UpgradeTransaction, oldVersion: number): void {
  for (const step of steps.slice(oldVersion)) step(database, transaction)
}
