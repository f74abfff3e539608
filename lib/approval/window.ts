import { browser } from 'wxt/browser'
import type { SecretMemory } from '@/lib/storage/memory'

const key = 'approval-window'
const width = 400
const height = 680
/** The window is brought to the front at most this often, in ms: a site that asks again and again does not hold the focus. */
const focusPause = 1_000

/** The one window in which approvals are shown. */
export type ApprovalWindow = {
  /** Shows an approval: opens the window, or brings the open one to the front; there it waits for its turn. */
  show(id: string): Promise<void>
  /** An approval ended: if the window still shows it, turns it to the next one, or closes it when there is none. */
  next(ended: string, id: string | undefined): Promise<void>
  /**
   * At the start of the worker: a window that was closed while it was stopped is told now. What waits without a window, as a worker left
   * it that was stopped before it had opened one, gets it.
   */
  checkClosed(): Promise<void>
}

/** What the window's owner needs of the rest. */
export type ApprovalWindowOptions = {
  readonly memory: SecretMemory
  /** Whether an approval still waits for the user. */
  isOpen(id: string): boolean
  /** The approval that the user is to decide first. */
  first(): string | undefined
  /** The user closed the window. */
  onClosed(): void
}

/** Creates the window's owner. */
export function createApprovalWindow({
  memory,
  isOpen,
  first,
  onClosed,
}: ApprovalWindowOptions): ApprovalWindow {
  let last: Promise<unknown> = Promise.resolve()
  let focusedAt = -Infinity
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
    return (await browser.windows.getAll({ populate: true })).find((item) => item.id === windowId)
  }

  /** A worker that was stopped right after it opened the window had no time to write its number down. */
  async function adopt() {
    const windows = await browser.windows.getAll({ populate: true })
    const opened = windows.find(({ type, tabs }) => type === 'popup' && tabs?.[0]?.url?.startsWith(url('')))
    const waiting = first()
    if (opened?.id !== undefined) await memory.set(key, opened.id)
    else if (waiting !== undefined) await create(waiting)
  }

  async function create(id: string) {
    const created = await browser.windows.create({
      type: 'popup',
      url: url(id),
      width,
      height,
      focused: true,
    })
    await memory.set(key, created?.id)
  }

  return {
    show: (id) =>
      inTurn(async () => {
        // Withdrawn or answered before its turn came.
        if (!isOpen(id)) return
        const open = await current()
        if (open?.id !== undefined) {
          const tab = open.tabs?.[0]
          const shown = tab?.url?.split('#/approve/')[1]
          // One that has ended is shown for a moment only; a new one need not wait for it.
          if (tab?.id !== undefined && (shown === undefined || !isOpen(shown)))
            await browser.tabs.update(tab.id, { url: url(id) })
          const now = performance.now()
          if (now - focusedAt < focusPause) return
          focusedAt = now
          await browser.windows.update(open.id, { focused: true, drawAttention: true })
          return
        }
        await create(id)
      }),
    checkClosed: () =>
      inTurn(async () => {
        if ((await memory.get(key)) === undefined) return adopt()
        if ((await current()) !== undefined) return
        await memory.remove([key])
        onClosed()
      }),
    next: (ended, id) =>
      inTurn(async () => {
        const open = await current()
        const tab = open?.tabs?.[0]
        if (open?.id === undefined || tab?.url !== url(ended)) return
        if (id === undefined) {
          await memory.remove([key])
          await browser.windows.remove(open.id)
        } else if (tab?.id !== undefined) {
          await browser.tabs.update(tab.id, { url: url(id) })
        }
      }),
  }
}
