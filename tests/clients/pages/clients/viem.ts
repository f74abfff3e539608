import { createPublicClient, createWalletClient, custom, numberToHex, SwitchChainError, type Hex } from 'viem'
import { addChain, switchChain } from 'viem/actions'
import { chainOf } from '../chainOf.js'
import type { CreateClient } from '../Client.js'
import { findProvider } from '../findProvider.js'

/** viem 2 on the wallet's provider alone. */
export const createClient: CreateClient = (networks) => {
  const transport = custom(findProvider())
  const wallet = createWalletClient({ transport })
  const reader = createPublicClient({ transport, pollingInterval: 50 })
  const own = async () => {
    const [account] = await wallet.getAddresses()
    if (account === undefined) throw new Error('not connected')
    return account
  }
  return {
    async connect() {
      const [account] = await wallet.requestAddresses()
      return account ?? ''
    },
    async account() {
      return (await wallet.getAddresses())[0] ?? null
    },
    chainId: () => wallet.getChainId(),
    signMessage: async (message) => wallet.signMessage({ account: await own(), message }),
    signTypedData: async (data) =>
      wallet.signTypedData({ account: await own(), ...data } as Parameters<typeof wallet.signTypedData>[0]),
    send: async ({ to, data }) =>
      wallet.sendTransaction({ account: await own(), to: to as Hex, data: data as Hex, chain: null }),
    async receipt(hash) {
      const { logs, status } = await reader.waitForTransactionReceipt({ hash: hash as Hex })
      return { status, logs: logs.length }
    },
    async switchChain(chainId) {
      const network = networks.find(({ id }) => id === chainId)
      if (network === undefined) throw new Error(`no chain ${chainId}`)
      try {
        await switchChain(wallet, { id: chainId })
      } catch (error) {
        if (!(error instanceof SwitchChainError)) throw error
        await addChain(wallet, { chain: chainOf(network) })
        await wallet.request({
          method: 'wallet_switchEthereumChain',
          params: [{ chainId: numberToHex(chainId) }],
        })
      }
    },
    async disconnect() {
      await wallet.request({ method: 'wallet_revokePermissions', params: [{ eth_accounts: {} }] })
    },
  }
}
