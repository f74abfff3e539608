import { BrowserProvider, getBytes, toQuantity, type JsonRpcSigner } from 'ethers'
import { addChainParameter } from '../chainOf.js'
import type { CreateClient } from '../Client.js'
import { rdns } from '../recordRequests.js'

/** ethers 6. */
export const createClient: CreateClient = async (networks) => {
  const provider = await BrowserProvider.discover({
    timeout: 500,
    filter: (found) => found.find((info) => info.rdns === rdns) ?? null,
  })
  if (provider === null) throw new Error('The wallet did not announce itself.')
  provider.pollingInterval = 50
  const signer = async (): Promise<JsonRpcSigner> => provider.getSigner()
  return {
    connect: async () => (await signer()).address,
    async account() {
      const [first] = await provider.listAccounts()
      return first?.address ?? null
    },
    chainId: async () => Number(await provider.send('eth_chainId', [])),
    signMessage: async (message) => (await signer()).signMessage(message),
    async signTypedData({ domain, types, message }) {
      // ethers writes the domain's type itself.
      const own = Object.entries(types).filter(([name]) => name !== 'EIP712Domain')
      const fields = Object.fromEntries(own.map(([name, members]) => [name, [...members]]))
      return (await signer()).signTypedData(domain, fields, message)
    },
    async send(call) {
      const { hash } = await (await signer()).sendTransaction(call)
      if (getBytes(hash).length !== 32) throw new Error(`no transaction hash: ${hash}`)
      return hash
    },
    async receipt(hash) {
      const receipt = await provider.waitForTransaction(hash)
      return { status: receipt?.status === 1 ? 'success' : 'reverted', logs: receipt?.logs.length ?? 0 }
    },
    async switchChain(chainId) {
      const network = networks.find(({ id }) => id === chainId)
      if (network === undefined) throw new Error(`no chain ${chainId}`)
      const params = [{ chainId: toQuantity(chainId) }]
      try {
        await provider.send('wallet_switchEthereumChain', params)
      } catch (error) {
        if ((error as { error?: { code?: number } }).error?.code !== 4902) throw error
        await provider.send('wallet_addEthereumChain', [addChainParameter(network)])
        await provider.send('wallet_switchEthereumChain', params)
      }
    },
    async disconnect() {
      await provider.send('wallet_revokePermissions', [{ eth_accounts: {} }])
    },
  }
}
