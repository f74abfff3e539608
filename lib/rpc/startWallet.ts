import { browser } from 'wxt/browser'
import { showCount } from '@/lib/approval/badge'
import { createApprovalQueue } from '@/lib/approval/queue'
import { createApprovalWindow } from '@/lib/approval/window'
import { createClock } from '@/lib/bundler/clock'
import type { Snapshot } from '@/lib/messaging/views'
import { createLanes } from '@/lib/operation/lanes'
import { dropUnsigned } from '@/lib/operation/recover'
import { isUnderWay } from '@/lib/operation/row'
import { chainNews } from '@/lib/rpc/chainNews'
import type { RpcContext } from '@/lib/rpc/context'
import { createApprovalDesk } from '@/lib/rpc/desk'
import { endApproval } from '@/lib/rpc/endApproval'
import { finishApproval } from '@/lib/rpc/finishApproval'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import { keepRecovering, minutesUnderWay } from '@/lib/rpc/recoverAlarm'
import { recoverOperations } from '@/lib/rpc/recoverOperations'
import { noticeSessions } from '@/lib/rpc/noticeSessions'
import { notifyUser } from '@/lib/rpc/notifyUser'
import { reopenUnsigned } from '@/lib/rpc/reopenUnsigned'
import { showPage } from '@/lib/rpc/showPage'
import { createSignedNotices } from '@/lib/rpc/signedNotices'
import { tellSigned } from '@/lib/rpc/signedNotification'
import { createSubscriptions, type SubscriptionsOptions } from '@/lib/rpc/subscriptions'
import { takeSnapshot } from '@/lib/rpc/snapshot'
import { scheduleSessions } from '@/lib/rpc/watchSessions'
import { applyDefaultWallet } from '@/lib/settings/applyDefaultWallet'
import { readSettings } from '@/lib/settings/settings'
import { openDatabase } from '@/lib/storage/database'
import { wasErased } from '@/lib/storage/eraseStorage'
import { browserMemory } from '@/lib/storage/memory'
import { restrictAccess } from '@/lib/storage/restrictAccess'

/** Where the wallet's own messages go. */
export type WalletOutlets = {
  readonly emit: RpcContext['emit']
  readonly send: SubscriptionsOptions['send']
  /** Sends a snapshot to the popup pages that are open. */
  publish(snapshot: Snapshot): void
}

/** Builds the context of this life of the worker, and takes up what an earlier one left: approvals and operations. */
export async function startWallet({ emit, send, publish }: WalletOutlets): Promise<RpcContext> {
  await restrictAccess()
  const database = await openDatabase()
  const changed = coalesced(async () => {
    publish(await takeSnapshot(context))
    await noticeSessions(context)
    await scheduleSessions(context)
  })
  const approvals = createApprovalQueue(browserMemory, () => {
    showCount(approvals.open().length)
    changed()
  })
  const context: RpcContext = {
    database,
    memory: browserMemory,
    clock: createClock(),
    locks: { request: async (name, run) => await navigator.locks.request(name, run) },
    lanes: createLanes(database),
    watching: new Map(),
    onChange(row) {
      if (isUnderWay(row)) void keepRecovering(minutesUnderWay)
      changed()
    },
    approvals,
    window: createApprovalWindow({
      memory: browserMemory,
      isOpen: (id) => approvals.open().some((approval) => approval.id === id),
      first: () => approvals.open().find(({ operationId }) => operationId === undefined)?.id,
      onClosed: () => rejectOpen(context),
    }),
    desk: createApprovalDesk(changed),
    showPage,
    subscriptions: createSubscriptions({
      database,
      memory: browserMemory,
      send,
      news: (chainId, since, listeners) => chainNews({ database }, chainId, since, listeners),
      now: () => Date.now(),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    }),
    now: () => Date.now(),
    changed,
    notify: (notice) => void notifyUser(notice),
    signedNotices: createSignedNotices({
      tell: (sessionId, rows) => void tellSigned(context, sessionId, rows),
      now: () => Date.now(),
      later: (run, ms) => void setTimeout(run, ms),
    }),
    restart: () => browser.runtime.reload(),
    emit,
  }
  // Before any request is taken up again: what an earlier worker reserved and did not sign would count beside it.
  await dropUnsigned(context)
  await approvals.restore()
  await context.subscriptions.restore()
  showCount(approvals.open().length)
  await context.window.checkClosed()
  for (const { id, operationId } of approvals.open())
    void (
      operationId === undefined || (await reopenUnsigned(context, id, operationId))
        ? prepareApproval
        : finishApproval
    )(context, id)
  void recoverOperations(context)
  changed()
  void readSettings(database).then(({ isDefaultWallet }) => applyDefaultWallet(isDefaultWallet))
  if (await wasErased(database)) void showPage('#/welcome')
  return context
}

/** The owner closed the approval window: everything that is not signed is rejected. */
function rejectOpen(context: RpcContext): void {
  for (const { id, operationId } of context.approvals.open())
    if (operationId === undefined) void endApproval(context, id, { kind: 'rejected' })
}

/** Runs `work` soon after a burst of calls, once, and never twice at the same time. */
function coalesced(work: () => Promise<void>): () => void {
  let wanted = false
  let running = false
  async function run() {
    running = true
    try {
      while (wanted) {
        wanted = false
        await work()
      }
    } finally {
      running = false
    }
  }
  return () => {
    wanted = true
    if (!running) queueMicrotask(() => void (running || run()))
  }
}
