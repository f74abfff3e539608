import type { Address } from 'viem'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { zksyncSso } from '@/lib/chains/deployments/zksyncSso'

/** The contracts that accounts run on, by address in lower case, of every kind and chain that is published. */
export const walletContracts: ReadonlySet<string> = new Set(
  [latchkey, ...Object.values(zksyncSso)].flatMap(({ kind: _kind, ...contracts }) =>
    Object.values(contracts as Readonly<Record<string, Address>>).map((address) => address.toLowerCase()),
  ),
)
