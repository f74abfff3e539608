import 'fake-indexeddb/auto'
import { createClock } from '@/lib/bundler/clock'
import type { Locks, OperationContext } from '@/lib/operation/context'
import { createLanes } from '@/lib/operation/lanes'
import type { OperationRow } from '@/lib/operation/row'
import { openDatabase } from '@/lib/storage/database'

/** A context over a database of its own, as the background would make it. `seen` lists the changes. */
export async function testContext(
  name: string = crypto.randomUUID(),
): Promise<OperationContext & { seen: OperationRow[] }> {
  const database = await openDatabase({ name })
  const seen: OperationRow[] = []
  return {
    database,
    clock: createClock(),
    locks: mutex(),
    lanes: createLanes(database),
    watching: new Map(),
    seen,
    onChange: (row) => seen.push(row),
  }
}

/** Stands in for `navigator.locks`, which Node lacks. */
function mutex(): Locks {
  let last: Promise<unknown> = Promise.resolve()
  return {
    request(_name, run) {
      const turn = last.then(run)
      last = turn.catch(() => undefined)
      return turn
    },
  }
}
