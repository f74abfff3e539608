import { BaseError } from '@/lib/errors/BaseError'
import type { Deployment, ZksyncSsoDeployment } from '@/lib/chains/network'

/**
 * The deployment as one of the ZKsync SSO contracts.
 *
 * @throws {ForeignDeploymentError} It is of another kind: the codec was chosen by another network.
 */
export function expectZksyncSso(deployment: Deployment): ZksyncSsoDeployment {
  if (deployment.kind !== 'zksync-sso') throw new ForeignDeploymentError(deployment.kind)
  return deployment
}

/** Contracts of another kind than the account's. */
class ForeignDeploymentError extends BaseError {
  override readonly name = 'Account.ForeignDeploymentError'

  constructor(kind: string) {
    super(`The contracts of this network are of the kind ${kind}, the account’s are ZKsync SSO’s.`)
  }
}
