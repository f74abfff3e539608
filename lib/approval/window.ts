import { browser } from 'wxt/browser'
import type { SecretMemory } from '@/lib/storage/memory'

const key = 'approval-window'
const width = 400
const height = 680

/** The one window in which approvals are shown. */
export type ApprovalWindow = {
  /** Shows an approval: opens the window, or turns the open one to the oldest approval and brings it to the front. */
  show(id: string): Promise<void>
  /** Turns the window to an approval, or closes it when there is none. */
  next(id: string | undefined): Promise<void>
}

/**
 * Creates the window's owner.
 *
 * @param onClosed - The user closed the window.
 */
export function createApprovalWindow(memory: SecretMemory, onClosed: () => void): ApprovalWindow {
  let last: Promise<unknown> = Promise.resolve()
  // One after the other: two requests in the same moment must not open two windows.
  const inTurn = <result>(work: () => Promise<result>): Promise<result> => {
    const result = last.then(work, work)
    last = result.catch(() => undefined)
    return result
  }

  browser.windows.onRemoved.addListener((windowId) => {
    void inTurn(async () => {
      if ((await memory.get(key)) !== windowId) return
      await memory.remove([key])
      onClosed()
    })
  })

  const url = (id: string) => browser.runtime.getURL(`/popup.html#/approve/${id}`)

  async function current() {
    const windowId = await memory.get(key)
    if (typeof windowId !== 'number') return undefined
    const windows = await browser.windows.getAll({ populate: true })
    return windows.find((item) => item.id === windowId)
  }

  return {
    show: (id) =>
      inTurn(async () => {
        const open = await current()
        if (open?.id !== undefined) {
          await browser.windows.update(open.id, { focused: true, drawAttention: true })
          return
        }
        const created = await browser.windows.create({
          type: 'popup',
          url: url(id),
          width,
          height,
          focused: true,
        })
        await memory.set(key, created?.id)
      }),
    next: (id) =>
      inTurn(async () => {
        const open = await current()
        const tab = open?.tabs?.[0]
        if (open?.id === undefined) return
        if (id === undefined) {
          await memory.remove([key])
          await browser.windows.remove(open.id)
        } else if (tab?.id !== undefined) {
          await browser.tabs.update(tab.id, { url: url(id) })
        }
      }),
  }
}
