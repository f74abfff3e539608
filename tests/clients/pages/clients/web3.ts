import { Web3, type Eip712TypedData, type EIP1193Provider, type Web3APISpec } from 'web3'
import { addChainParameter } from '../chainOf.js'
import type { CreateClient } from '../Client.js'
import { rdns } from '../recordRequests.js'

/** web3.js 4. */
export const createClient: CreateClient = async (networks) => {
  const found = await Web3.requestEIP6963Providers()
  const detail = [...found.values()].find(({ info }) => (info as unknown as { rdns: string }).rdns === rdns)
  if (detail === undefined) throw new Error('The wallet did not announce itself.')
  const provider = detail.provider as EIP1193Provider<Web3APISpec>
  const web3 = new Web3(provider)
  const request = (method: string, params: unknown[]) =>
    (provider.request as (args: { method: string; params: unknown[] }) => Promise<unknown>)({
      method,
      params,
    })
  const own = async () => {
    const [account] = await web3.eth.getAccounts()
    if (account === undefined) throw new Error('not connected')
    return account
  }
  return {
    async connect() {
      const [account] = await web3.eth.requestAccounts()
      return account ?? ''
    },
    async account() {
      return (await web3.eth.getAccounts())[0] ?? null
    },
    chainId: async () => Number(await web3.eth.getChainId()),
    signMessage: async (message) => web3.eth.personal.sign(message, await own(), ''),
    signTypedData: async (data) => web3.eth.signTypedData(await own(), data as unknown as Eip712TypedData),
    async send({ to, data }) {
      const { transactionHash } = await web3.eth.sendTransaction({ from: await own(), to, data })
      return String(transactionHash)
    },
    async receipt(hash) {
      const receipt = await web3.eth.getTransactionReceipt(hash)
      return { status: receipt.status === 1n ? 'success' : 'reverted', logs: receipt.logs.length }
    },
    async switchChain(chainId) {
      const network = networks.find(({ id }) => id === chainId)
      if (network === undefined) throw new Error(`no chain ${chainId}`)
      const params = [{ chainId: `0x${chainId.toString(16)}` }]
      try {
        await request('wallet_switchEthereumChain', params)
      } catch (error) {
        if ((error as { code?: number }).code !== 4902) throw error
        await request('wallet_addEthereumChain', [addChainParameter(network)])
        await request('wallet_switchEthereumChain', params)
      }
    },
    async disconnect() {
      await request('wallet_revokePermissions', [{ eth_accounts: {} }])
    },
  }
}
