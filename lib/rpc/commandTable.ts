import { addNetwork } from '@/lib/rpc/commands/addNetwork'
import { approvalFinish } from '@/lib/rpc/commands/approvalFinish'
import { approvalReject } from '@/lib/rpc/commands/approvalReject'
import { approvalRetry } from '@/lib/rpc/commands/approvalRetry'
import { approvalStart } from '@/lib/rpc/commands/approvalStart'
import { createAccount } from '@/lib/rpc/commands/createAccount'
import type { AnyCommand } from '@/lib/rpc/commands/defineCommand'
import { disconnect } from '@/lib/rpc/commands/disconnect'
import { lock } from '@/lib/rpc/commands/lock'
import { nativeBalance } from '@/lib/rpc/commands/nativeBalance'
import { removeNetwork } from '@/lib/rpc/commands/removeNetwork'
import { revoke } from '@/lib/rpc/commands/revoke'
import { setDefaultWallet } from '@/lib/rpc/commands/setDefaultWallet'
import { setPaused } from '@/lib/rpc/commands/setPaused'
import { showApproval } from '@/lib/rpc/commands/showApproval'
import { unlock } from '@/lib/rpc/commands/unlock'

/** Every command of the popup, by name. */
export const commandTable: ReadonlyMap<string, AnyCommand> = new Map(
  [
    addNetwork,
    approvalFinish,
    approvalReject,
    approvalRetry,
    approvalStart,
    createAccount,
    disconnect,
    lock,
    nativeBalance,
    removeNetwork,
    revoke,
    setDefaultWallet,
    setPaused,
    showApproval,
    unlock,
  ].map((command) => [command.name, command]),
)
