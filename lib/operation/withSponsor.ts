import { ServerRefusedError } from '@/lib/bundler/requestServer'
import { sponsorData } from '@/lib/bundler/sponsor'
import type { UserOperation } from '@/lib/bundler/userOperation'
import type { Network } from '@/lib/chains/network'
import { SponsorRefusedError, type Built } from '@/lib/operation/buildOperation'

/**
 * Puts the sponsor's final data on an operation whose nonce, gas and fees stand. Without a sponsor it is returned as it is.
 *
 * @throws {SponsorRefusedError} The sponsor does not pay after all, or names another paymaster than before.
 * @throws {UnreachableError} It does not answer.
 */
export async function withSponsor(
  network: Network,
  { userOp, sponsor, sponsorIsFinal }: Pick<Built, 'userOp' | 'sponsor' | 'sponsorIsFinal'>,
): Promise<UserOperation> {
  if (sponsor === undefined || sponsorIsFinal) return userOp
  try {
    const fields = await sponsorData(network, sponsor, userOp)
    if (fields.paymaster.toLowerCase() !== userOp.paymaster?.toLowerCase())
      throw new SponsorRefusedError('The sponsor changed its paymaster.')
    return { ...userOp, ...fields }
  } catch (error) {
    throw error instanceof ServerRefusedError ? new SponsorRefusedError(error.message) : error
  }
}
