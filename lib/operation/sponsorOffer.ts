import type { Address } from 'viem'
import { ServerRefusedError } from '@/lib/bundler/requestServer'
import { sponsorStub } from '@/lib/bundler/sponsor'
import type { UserOperation } from '@/lib/bundler/userOperation'
import { ServerUrlError } from '@/lib/chains/parseServerUrl'
import type { Network } from '@/lib/chains/network'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { SponsorCandidate } from '@/lib/operation/buildOperation'

/**
 * Asks which paymaster would pay for an operation that its session lets nobody but the account pay for.
 *
 * @param userOp - As the account would pay for it.
 * @param sponsors - Asked in this order.
 * @returns The first one's paymaster; `null` when none offers to pay.
 */
export async function sponsorOffer(
  network: Network,
  userOp: UserOperation,
  sponsors: readonly SponsorCandidate[],
): Promise<Address | null> {
  for (const sponsor of sponsors) {
    try {
      return (await sponsorStub(network, sponsor, userOp)).fields.paymaster
    } catch (error) {
      // The next one may.
      const isNo =
        error instanceof ServerRefusedError ||
        error instanceof ServerUrlError ||
        error instanceof UnreachableError
      if (!isNo) throw error
    }
  }
  return null
}
