import { activity } from '@/lib/rpc/commands/activity'
import { addNetwork } from '@/lib/rpc/commands/addNetwork'
import { addPasskey } from '@/lib/rpc/commands/addPasskey'
import { addPasskeyOn } from '@/lib/rpc/commands/addPasskeyOn'
import { approvalFinish } from '@/lib/rpc/commands/approvalFinish'
import { approvalNarrow } from '@/lib/rpc/commands/approvalNarrow'
import { approvalReject } from '@/lib/rpc/commands/approvalReject'
import { approvalRetry } from '@/lib/rpc/commands/approvalRetry'
import { approvalStart } from '@/lib/rpc/commands/approvalStart'
import { approvalSuggest } from '@/lib/rpc/commands/approvalSuggest'
import { approvalWiden } from '@/lib/rpc/commands/approvalWiden'
import { coverage } from '@/lib/rpc/commands/coverage'
import { assetBalances } from '@/lib/rpc/commands/assetBalances'
import { createAccount } from '@/lib/rpc/commands/createAccount'
import { declineSuggestion } from '@/lib/rpc/commands/declineSuggestion'
import type { AnyCommand } from '@/lib/rpc/commands/defineCommand'
import { disconnect } from '@/lib/rpc/commands/disconnect'
import { erase } from '@/lib/rpc/commands/erase'
import { lock } from '@/lib/rpc/commands/lock'
import { nativeBalance } from '@/lib/rpc/commands/nativeBalance'
import { removeNetwork } from '@/lib/rpc/commands/removeNetwork'
import { removePasskey } from '@/lib/rpc/commands/removePasskey'
import { renew } from '@/lib/rpc/commands/renew'
import { restoreAccount } from '@/lib/rpc/commands/restoreAccount'
import { revoke } from '@/lib/rpc/commands/revoke'
import { send } from '@/lib/rpc/commands/send'
import { sendCheck } from '@/lib/rpc/commands/sendCheck'
import { sendQuote } from '@/lib/rpc/commands/sendQuote'
import { setDefaultWallet } from '@/lib/rpc/commands/setDefaultWallet'
import { setGuards } from '@/lib/rpc/commands/setGuards'
import { setLock } from '@/lib/rpc/commands/setLock'
import { setNotices } from '@/lib/rpc/commands/setNotices'
import { setPaused } from '@/lib/rpc/commands/setPaused'
import { setTheme } from '@/lib/rpc/commands/setTheme'
import { showApproval } from '@/lib/rpc/commands/showApproval'
import { suggestion } from '@/lib/rpc/commands/suggestion'
import { simulateApproval } from '@/lib/rpc/commands/simulateApproval'
import { tokenBalances } from '@/lib/rpc/commands/tokenBalances'
import { unlock } from '@/lib/rpc/commands/unlock'
import { unwatchToken } from '@/lib/rpc/commands/unwatchToken'
import { watchToken } from '@/lib/rpc/commands/watchToken'

/** Every command of the popup, by name. */
export const commandTable: ReadonlyMap<string, AnyCommand> = new Map(
  [
    activity,
    addNetwork,
    addPasskey,
    addPasskeyOn,
    approvalFinish,
    approvalNarrow,
    approvalReject,
    approvalRetry,
    approvalStart,
    approvalSuggest,
    approvalWiden,
    coverage,
    assetBalances,
    createAccount,
    declineSuggestion,
    disconnect,
    erase,
    lock,
    nativeBalance,
    removeNetwork,
    removePasskey,
    renew,
    restoreAccount,
    revoke,
    send,
    sendCheck,
    sendQuote,
    setDefaultWallet,
    setGuards,
    setLock,
    setNotices,
    setPaused,
    setTheme,
    showApproval,
    suggestion,
    simulateApproval,
    tokenBalances,
    unlock,
    unwatchToken,
    watchToken,
  ].map((command) => [command.name, command]),
)
