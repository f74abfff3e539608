import type { Wallet } from '@/entrypoints/popup/wallet'
import { BaseError } from '@/lib/errors/BaseError'

/** A wallet without a background: balances are there, every other command is refused. */
export const wallet: Wallet = {
  async command(name, _input) {
    if (name === 'nativeBalance') return { balance: 1_284_350_000_000_000_000n } as never
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
