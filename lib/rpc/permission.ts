import type { Connection } from '@/lib/connection/connections'

/** A permission as EIP-2255 shapes it; the caveat's value is the address array that wagmi reads. */
export function accountsPermission(connection: Connection) {
  return {
    parentCapability: 'eth_accounts',
    invoker: connection.origin,
    date: connection.connectedAt,
    caveats: [{ type: 'restrictReturnedAccounts', value: [connection.account] }],
  }
}
