import { encodeFunctionData, erc20Abi, type Address } from 'viem'
import type { SendPlan } from '@/lib/messaging/sendView'
import type { Call } from '@/lib/policy/call'

/**
 * The call that sends an asset.
 *
 * @param amount - In its smallest unit.
 */
export function transferOf(asset: SendPlan['asset'], to: Address, amount: bigint): Call {
  if (asset === 'native') return { to, value: amount, data: '0x' }
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, amount] })
  return { to: asset, value: 0n, data }
}
