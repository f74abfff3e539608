import { zksyncSsoConnector } from 'latchkey/connector'
import { createConfig, getWalletClient, http } from '@wagmi/core'
import { parseEther } from 'viem'
import { foundry } from 'viem/chains'

const config = createConfig({
  chains: [foundry],
  transports: { [foundry.id]: http() },
  connectors: [
    zksyncSsoConnector({
      metadata: { name: 'Orchard' },
      session: {
        expiry: '1 day',
        feeLimit: parseEther('0.01'),
        transfers: [{ to: '0x00000000000000000000000000000000000a4715', valueLimit: parseEther('0.1') }],
      },
    }),
  ],
})

/** Was `getConnectedSsoSessionClient(config)`. */
export const client = () => getWalletClient(config)
export { config }
