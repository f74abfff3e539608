import type { AnyMethod } from '@/lib/rpc/defineMethod'
import { eth_accounts } from '@/lib/rpc/methods/eth_accounts'
import { eth_chainId } from '@/lib/rpc/methods/eth_chainId'
import { eth_requestAccounts } from '@/lib/rpc/methods/eth_requestAccounts'
import { eth_sendTransaction } from '@/lib/rpc/methods/eth_sendTransaction'
import { wallet_addEthereumChain } from '@/lib/rpc/methods/wallet_addEthereumChain'
import { wallet_canAutoSign } from '@/lib/rpc/methods/wallet_canAutoSign'
import { wallet_connect } from '@/lib/rpc/methods/wallet_connect'
import { wallet_disconnect } from '@/lib/rpc/methods/wallet_disconnect'
import { wallet_getCallsStatus } from '@/lib/rpc/methods/wallet_getCallsStatus'
import { wallet_getCapabilities } from '@/lib/rpc/methods/wallet_getCapabilities'
import { wallet_getPermissions } from '@/lib/rpc/methods/wallet_getPermissions'
import { wallet_getSessions } from '@/lib/rpc/methods/wallet_getSessions'
import { wallet_requestPermissions } from '@/lib/rpc/methods/wallet_requestPermissions'
import { wallet_revokePermissions } from '@/lib/rpc/methods/wallet_revokePermissions'
import { wallet_revokeSession } from '@/lib/rpc/methods/wallet_revokeSession'
import { wallet_sendCalls } from '@/lib/rpc/methods/wallet_sendCalls'
import { wallet_switchEthereumChain } from '@/lib/rpc/methods/wallet_switchEthereumChain'

/** Every method of the wallet's own, by its wire name. Plain reads of the chain are in `readMethods`. */
export const methodTable: ReadonlyMap<string, AnyMethod> = new Map(
  [
    eth_accounts,
    eth_chainId,
    eth_requestAccounts,
    eth_sendTransaction,
    wallet_addEthereumChain,
    wallet_canAutoSign,
    wallet_connect,
    wallet_disconnect,
    wallet_getCallsStatus,
    wallet_getCapabilities,
    wallet_getPermissions,
    wallet_getSessions,
    wallet_requestPermissions,
    wallet_revokePermissions,
    wallet_revokeSession,
    wallet_sendCalls,
    wallet_switchEthereumChain,
  ].map((method) => [method.name, method]),
)
