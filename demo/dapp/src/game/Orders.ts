import type { Config } from '@wagmi/core'
import {
  sendCalls,
  sendTransaction,
  waitForCallsStatus,
  waitForTransactionReceipt,
  writeContract,
} from '@wagmi/core'
import type { Hex } from 'viem'
import { encodeFunctionData } from 'viem'
import { pollingInterval } from '../chain/createChain'
import { demoTokenAbi } from '../chain/demoTokenAbi'
import { orchardAbi } from '../chain/orchardAbi'
import { limits } from '../session/limits'
import type { Stack } from '../stack/stack'

/** The end of an order: its transaction, and whether it did what it should. */
export type OrderResult = { readonly hash: Hex | null; readonly ok: boolean }

/** Everything that this page asks the wallet to send in earnest: plain wagmi, as any dapp would write it. */
export class Orders {
  constructor(
    readonly config: Config,
    readonly stack: Stack,
  ) {}

  /** Plants one plot. */
  async plant(plot: number): Promise<OrderResult> {
    const hash = await writeContract(this.config, {
      address: this.stack.demo.orchard,
      abi: orchardAbi,
      functionName: 'plant',
      args: [BigInt(plot)],
      chainId: this.stack.chainId,
    })
    return this.#receipt(hash)
  }

  /** Plants several plots at once: all or none. */
  async plantAll(plots: readonly number[]): Promise<OrderResult> {
    const { id } = await sendCalls(this.config, {
      chainId: this.stack.chainId,
      forceAtomic: true,
      calls: plots.map((plot) => ({
        to: this.stack.demo.orchard,
        data: encodeFunctionData({ abi: orchardAbi, functionName: 'plant', args: [BigInt(plot)] }),
      })),
    })
    const { status, receipts } = await waitForCallsStatus(this.config, { id, pollingInterval })
    return { hash: receipts?.[0]?.transactionHash ?? null, ok: status === 'success' }
  }

  /**
   * Pays the shop.
   *
   * @param amount - In DEMO's smallest unit.
   */
  async buy(amount: bigint): Promise<OrderResult> {
    const hash = await writeContract(this.config, {
      address: this.stack.tokens.demoToken,
      abi: demoTokenAbi,
      functionName: 'transfer',
      args: [this.stack.demo.shop, amount],
      chainId: this.stack.chainId,
    })
    return this.#receipt(hash)
  }

  /** Puts one tip in the jar. */
  async tip(): Promise<OrderResult> {
    const hash = await sendTransaction(this.config, {
      to: this.stack.demo.tipJar,
      value: limits.tip.each,
      chainId: this.stack.chainId,
    })
    return this.#receipt(hash)
  }

  async #receipt(hash: Hex): Promise<OrderResult> {
    const { status } = await waitForTransactionReceipt(this.config, { hash, pollingInterval })
    return { hash, ok: status === 'success' }
  }
}
