import type { Hex } from 'viem'
import type { Config } from 'wagmi3'
import type * as wagmiActions from 'wagmi3/actions'
import type { Client } from './Client.js'
import { rdns } from './recordRequests.js'

/** The actions that a page uses; wagmi 2 and 3 have them under the same names. */
export type Actions = Pick<
  typeof wagmiActions,
  | 'connect'
  | 'disconnect'
  | 'getAccount'
  | 'getChainId'
  | 'reconnect'
  | 'sendTransaction'
  | 'signMessage'
  | 'signTypedData'
  | 'switchChain'
  | 'waitForTransactionReceipt'
>

/** A page on wagmi, with the connector that wagmi makes of the wallet's EIP-6963 announcement. */
export function wagmiClient(config: Config, actions: Actions): Client {
  const loaded = actions.reconnect(config)
  return {
    async connect() {
      await loaded
      const connector = config.connectors.find(({ id }) => id === rdns)
      if (connector === undefined) throw new Error('wagmi found no connector of the wallet.')
      const { accounts } = await actions.connect(config, { connector })
      return accounts[0]
    },
    async account() {
      await loaded
      return actions.getAccount(config).address ?? null
    },
    async chainId() {
      return actions.getAccount(config).chainId ?? actions.getChainId(config)
    },
    signMessage: (message) => actions.signMessage(config, { message }),
    signTypedData: (data) =>
      actions.signTypedData(config, data as unknown as Parameters<typeof actions.signTypedData>[1]),
    send: ({ to, data }) => actions.sendTransaction(config, { to: to as Hex, data: data as Hex }),
    async receipt(hash) {
      const { logs, status } = await actions.waitForTransactionReceipt(config, { hash: hash as Hex })
      return { status, logs: logs.length }
    },
    async switchChain(chainId) {
      await actions.switchChain(config, { chainId })
    },
    async disconnect() {
      await actions.disconnect(config)
    },
  }
}
