import { openDB, type IDBPDatabase } from 'idb'
import { StorageError, toStorageError } from '@/lib/storage/StorageError'
import { databaseVersion, migrate, storeNames } from '@/lib/storage/migrations'

/** An open connection to the wallet's database. Rows are reached through `table`. */
export type Database = IDBPDatabase<unknown>

/** Options of {@link openDatabase}. */
export type OpenDatabaseOptions = {
  readonly name?: string | undefined
  /** Called when the browser closes the connection by itself (site data cleared, profile removed). */
  readonly onTerminated?: (() => void) | undefined
}

/**
 * Opens the one database of the wallet, and creates or migrates it first. The connection closes by itself when a newer version of
 * the extension wants to migrate.
 *
 * @throws {StorageError} It cannot be opened, is of a newer version, or lacks a store.
 */
export async function openDatabase(options: OpenDatabaseOptions = {}): Promise<Database> {
  let database: Database
  try {
    database = await openDB(options.name ?? 'latchkey', databaseVersion, {
      upgrade: (upgrading, oldVersion, _newVersion, transaction) =>
        migrate(upgrading, transaction, oldVersion),
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close(),
      terminated: () => options.onTerminated?.(),
    })
  } catch (error) {
    throw toStorageError(error)
  }
  const missing = storeNames.filter((name) => !database.objectStoreNames.contains(name))
  if (missing.length > 0) {
    database.close()
    throw new StorageError(
      `The wallet’s database lacks ${missing.join(', ')}, so nothing is signed. Reinstall the extension, or restore the browser profile.`,
    )
  }
  return database
}
