import type { ApprovalQueue } from '@/lib/approval/queue'
import type { ApprovalWindow } from '@/lib/approval/window'
import type { ProviderEventName } from '@/lib/messaging/page'
import type { OperationContext } from '@/lib/operation/context'
import type { ApprovalDesk } from '@/lib/rpc/desk'
import type { Notice } from '@/lib/rpc/notifyUser'
import type { SignedNotices } from '@/lib/rpc/signedNotices'
import type { Subscriptions } from '@/lib/rpc/subscriptions'
import type { VaultContext } from '@/lib/session/vault'

/** What handlers work with. Built once per life of the worker, in `entrypoints/background`. */
export type RpcContext = VaultContext &
  OperationContext & {
    readonly approvals: ApprovalQueue
    readonly window: ApprovalWindow
    readonly desk: ApprovalDesk
    readonly subscriptions: Subscriptions
    /** Opens a page of the wallet in a tab, or turns the one that is open to it: `#/activity`. */
    showPage(route: string): Promise<void>
    /** Something that popup pages show has changed. */
    changed(): void
    /** Shows the owner a notification of the browser; one with the same id takes the place of an earlier one. */
    notify(notice: Notice): void
    /** Tells the owner what sessions sign. */
    readonly signedNotices: SignedNotices
    /** Starts the extension anew, from what is stored. */
    restart(): void
    /** Sends a provider event to every open document of an origin. */
    emit(origin: string, event: ProviderEventName, data: unknown): void
  }
