import type { Wallet } from './fixtures'

/** What requests left in the wallet: keys of `storage.session` that belong to requests, and rows of the journal by status. */
export async function leftovers(wallet: Wallet): Promise<{ memory: string[]; journal: string[] }> {
  const page = await wallet.open('#/settings')
  const found = await page.evaluate(readAll)
  await page.close()
  const open = /^(request|session-key|frozen|calls):/
  return { memory: found.memory.filter((key) => open.test(key)), journal: found.journal }
}

/** Runs in a page of the extension. */
async function readAll(): Promise<{ memory: string[]; journal: string[] }> {
  const { chrome } = globalThis as unknown as {
    chrome: { storage: { session: { get(keys: null): Promise<Record<string, unknown>> } } }
  }
  const memory = Object.keys(await chrome.storage.session.get(null))
  const journal: string[] = []
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    if (database.objectStoreNames.contains('operations'))
      await new Promise<void>((resolve, reject) => {
        const reading = database.transaction('operations').objectStore('operations').getAll()
        reading.onsuccess = () => {
          for (const row of reading.result as { status: string }[]) journal.push(row.status)
          resolve()
        }
        reading.onerror = () => reject(reading.error)
      })
    database.close()
  }
  return { memory, journal }
}
