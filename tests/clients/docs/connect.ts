import { createWalletClient, custom, type EIP1193Provider } from 'viem'
import { foundry } from 'viem/chains'

/** Connects; a page that is connected already gets its account without a prompt. */
export async function connectWallet(provider: EIP1193Provider) {
  const anonymous = createWalletClient({ chain: foundry, transport: custom(provider) })
  const [account] = await anonymous.requestAddresses()
  if (account === undefined) throw new Error('The wallet shows no account.')
  return createWalletClient({ account, chain: foundry, transport: custom(provider) })
}
