import type { IDBPTransaction } from 'idb'
import type { Database } from '@/lib/storage/database'
import type { StoreName } from '@/lib/storage/migrations'
import { toStorageError } from '@/lib/storage/StorageError'

/** A transaction over some stores. */
export type Transaction = IDBPTransaction<unknown, StoreName[], 'readonly' | 'readwrite'>

/** Where rows are read or written: inside a transaction that covers their stores, or in one of its own. */
export type Source = Database | Transaction

/** Whether a source is a transaction already. */
export function isTransaction(source: Source): source is Transaction {
  return 'objectStore' in source
}

/** Reads from several stores as they stand in one moment: inside the transaction given, which covers them, or in one of its own. */
export function readTogether<result>(
  source: Source,
  stores: readonly StoreName[],
  run: (transaction: Transaction) => Promise<result>,
): Promise<result> {
  return isTransaction(source) ? run(source) : transact(source, stores, 'readonly', run)
}

/**
 * Runs `run` in one transaction: all of its writes reach the disk (`durability: 'strict'`) before the promise fulfils, or none do.
 * `run` may await nothing but this transaction's own requests, or IndexedDB commits early.
 *
 * @param stores - Every store that `run` touches.
 * @throws {StorageError} IndexedDB failed. What `run` throws aborts the transaction and is thrown on.
 */
export async function transact<result>(
  database: Database,
  stores: readonly StoreName[],
  mode: 'readonly' | 'readwrite',
  run: (transaction: Transaction) => Promise<result>,
): Promise<result> {
  let transaction: Transaction
  try {
    transaction = database.transaction([...stores], mode, { durability: 'strict' }) as Transaction
  } catch (error) {
    throw toStorageError(error)
  }
  // Observed here, so that an abort is not reported as an unhandled rejection; it is awaited below.
  const done = transaction.done.then(
    () => ({ ok: true as const }),
    (error: unknown) => ({ ok: false as const, error }),
  )
  let result: result
  try {
    result = await run(transaction)
  } catch (error) {
    abort(transaction)
    const end = await done
    // A request that failed aborts with the reason (quota, say), which tells more than the AbortError that `run` may have seen.
    const isAbort = error instanceof DOMException && error.name === 'AbortError'
    throw toStorageError(isAbort && !end.ok && end.error !== null ? end.error : error)
  }
  const end = await done
  if (!end.ok) throw toStorageError(end.error ?? new DOMException('aborted', 'AbortError'))
  return result
}

function abort(transaction: Transaction): void {
  try {
    transaction.abort()
  } catch (error) {
    // Already aborted by the failure that brought us here: the state we want.
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error
  }
}
