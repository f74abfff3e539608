import type { Wallet } from '@/entrypoints/popup/wallet'
import { BaseError } from '@/lib/errors/BaseError'
import { deadChain, slowChain, tokenBalances } from '@/tests/gallery/tokens'

/** A wallet without a background: balances are there, every other command is refused. */
export const wallet: Wallet = {
  async command(name, input) {
    if (name === 'nativeBalance' || name === 'tokenBalances') await node(input as { chainId: number })
    if (name === 'nativeBalance') return { balance: 1_284_350_000_000_000_000n } as never
    if (name === 'tokenBalances') return { balances: tokenBalances } as never
    throw new BaseError('The gallery has no background.')
  },
  createPasskey: async () => {
    throw new BaseError(
      'No passkey was used: the prompt was closed, ran out of time, or found none here. Nothing was signed.',
    )
  },
  assertPasskey: async () => {
    throw new BaseError(
      'No passkey was used: the prompt was closed, ran out of time, or found none here. Nothing was signed.',
    )
  },
  open: () => undefined,
  inToolbar: false,
  version: '0.1.0',
}

async function node({ chainId }: { chainId: number }): Promise<void> {
  if (chainId === slowChain) await new Promise(() => undefined)
  if (chainId === deadChain)
    throw new BaseError('The node of Latchkey Local at http://127.0.0.1:8545 does not answer.')
}
