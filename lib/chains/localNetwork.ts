import type { Network } from '@/lib/chains/network'
import { latchkey } from '@/lib/chains/deployments/latchkey'

/** The embedded stack at its usual ports (`npm run stack`). The only network that a fresh wallet knows. */
export const localNetwork: Network = {
  chainId: 31_337,
  name: 'Latchkey Local',
  rpcUrl: 'http://127.0.0.1:8545',
  bundlerUrl: 'http://127.0.0.1:8546',
  currency: { symbol: 'ETH', decimals: 18 },
  deployment: latchkey,
  builtIn: true,
}
