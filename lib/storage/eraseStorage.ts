import { deleteDB } from 'idb'
import { browser } from 'wxt/browser'
import type { Database } from '@/lib/storage/database'

const erasedKey = 'erased'

/** Deletes all that the extension has stored: keys in memory first, then the database. It is of no use afterwards. */
export async function eraseStorage(database: Database): Promise<void> {
  await browser.storage.session.clear()
  await browser.storage.local.clear()
  database.close()
  await deleteDB(database.name)
  await browser.storage.local.set({ [erasedKey]: true })
}

/** Whether everything was erased just before this start; told once. */
export async function wasErased(): Promise<boolean> {
  const stored = await browser.storage.local.get(erasedKey)
  if (stored[erasedKey] !== true) return false
  await browser.storage.local.remove(erasedKey)
  return true
}
