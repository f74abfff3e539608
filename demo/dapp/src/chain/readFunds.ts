import type { Address, PublicClient } from 'viem'
import { demoTokenAbi } from './demoTokenAbi'

/** What an address holds, in wei and in DEMO's smallest unit (18 decimals). */
export type Funds = { readonly eth: bigint; readonly demo: bigint }

/** Reads what `holder` holds in ETH and DEMO. */
export async function readFunds(reader: PublicClient, demoToken: Address, holder: Address): Promise<Funds> {
  const [eth, demo] = await Promise.all([
    reader.getBalance({ address: holder }),
    reader.readContract({
      address: demoToken,
      abi: demoTokenAbi,
      functionName: 'balanceOf',
      args: [holder],
    }),
  ])
  return { eth, demo }
}
