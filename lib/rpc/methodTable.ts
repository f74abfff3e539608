import type { AnyMethod } from '@/lib/rpc/defineMethod'
import { eth_accounts } from '@/lib/rpc/methods/eth_accounts'
import { eth_chainId } from '@/lib/rpc/methods/eth_chainId'
import { eth_getFilterChanges } from '@/lib/rpc/methods/eth_getFilterChanges'
import { eth_getFilterLogs } from '@/lib/rpc/methods/eth_getFilterLogs'
import { eth_newBlockFilter } from '@/lib/rpc/methods/eth_newBlockFilter'
import { eth_newFilter } from '@/lib/rpc/methods/eth_newFilter'
import { eth_newPendingTransactionFilter } from '@/lib/rpc/methods/eth_newPendingTransactionFilter'
import { eth_requestAccounts } from '@/lib/rpc/methods/eth_requestAccounts'
import { eth_sendRawTransaction } from '@/lib/rpc/methods/eth_sendRawTransaction'
import { eth_sendTransaction } from '@/lib/rpc/methods/eth_sendTransaction'
import { eth_sign } from '@/lib/rpc/methods/eth_sign'
import { eth_signTransaction } from '@/lib/rpc/methods/eth_signTransaction'
import { eth_signTypedData } from '@/lib/rpc/methods/eth_signTypedData'
import { eth_signTypedData_v3 } from '@/lib/rpc/methods/eth_signTypedData_v3'
import { eth_signTypedData_v4 } from '@/lib/rpc/methods/eth_signTypedData_v4'
import { eth_subscribe } from '@/lib/rpc/methods/eth_subscribe'
import { eth_uninstallFilter } from '@/lib/rpc/methods/eth_uninstallFilter'
import { eth_unsubscribe } from '@/lib/rpc/methods/eth_unsubscribe'
import { personal_sign } from '@/lib/rpc/methods/personal_sign'
import { wallet_addEthereumChain } from '@/lib/rpc/methods/wallet_addEthereumChain'
import { wallet_canAutoSign } from '@/lib/rpc/methods/wallet_canAutoSign'
import { wallet_connect } from '@/lib/rpc/methods/wallet_connect'
import { wallet_disconnect } from '@/lib/rpc/methods/wallet_disconnect'
import { wallet_getCallsStatus } from '@/lib/rpc/methods/wallet_getCallsStatus'
import { wallet_getCapabilities } from '@/lib/rpc/methods/wallet_getCapabilities'
import { wallet_getGrantedExecutionPermissions } from '@/lib/rpc/methods/wallet_getGrantedExecutionPermissions'
import { wallet_getPermissions } from '@/lib/rpc/methods/wallet_getPermissions'
import { wallet_getSessions } from '@/lib/rpc/methods/wallet_getSessions'
import { wallet_getSupportedExecutionPermissions } from '@/lib/rpc/methods/wallet_getSupportedExecutionPermissions'
import { wallet_grantPermissions } from '@/lib/rpc/methods/wallet_grantPermissions'
import { wallet_requestExecutionPermissions } from '@/lib/rpc/methods/wallet_requestExecutionPermissions'
import { wallet_requestPermissions } from '@/lib/rpc/methods/wallet_requestPermissions'
import { wallet_revokeExecutionPermission } from '@/lib/rpc/methods/wallet_revokeExecutionPermission'
import { wallet_revokePermissions } from '@/lib/rpc/methods/wallet_revokePermissions'
import { wallet_revokeSession } from '@/lib/rpc/methods/wallet_revokeSession'
import { wallet_sendCalls } from '@/lib/rpc/methods/wallet_sendCalls'
import { wallet_sendTransaction } from '@/lib/rpc/methods/wallet_sendTransaction'
import { wallet_showCallsStatus } from '@/lib/rpc/methods/wallet_showCallsStatus'
import { wallet_switchEthereumChain } from '@/lib/rpc/methods/wallet_switchEthereumChain'
import { wallet_watchAsset } from '@/lib/rpc/methods/wallet_watchAsset'

/** Every method of the wallet's own, by its wire name. Plain reads of the chain are in `readMethods`. */
export const methodTable: ReadonlyMap<string, AnyMethod> = new Map(
  [
    eth_accounts,
    eth_chainId,
    eth_getFilterChanges,
    eth_getFilterLogs,
    eth_newBlockFilter,
    eth_newFilter,
    eth_newPendingTransactionFilter,
    eth_requestAccounts,
    eth_sendRawTransaction,
    eth_sendTransaction,
    eth_sign,
    eth_signTransaction,
    eth_signTypedData,
    eth_signTypedData_v3,
    eth_signTypedData_v4,
    eth_subscribe,
    eth_uninstallFilter,
    eth_unsubscribe,
    personal_sign,
    wallet_addEthereumChain,
    wallet_canAutoSign,
    wallet_connect,
    wallet_disconnect,
    wallet_getCallsStatus,
    wallet_getCapabilities,
    wallet_getGrantedExecutionPermissions,
    wallet_getPermissions,
    wallet_getSessions,
    wallet_getSupportedExecutionPermissions,
    wallet_grantPermissions,
    wallet_requestExecutionPermissions,
    wallet_requestPermissions,
    wallet_revokeExecutionPermission,
    wallet_revokePermissions,
    wallet_revokeSession,
    wallet_sendCalls,
    wallet_sendTransaction,
    wallet_showCallsStatus,
    wallet_switchEthereumChain,
    wallet_watchAsset,
  ].map((method) => [method.name, method]),
)
