import type { Account } from '@/lib/account/account'
import { codecFor } from '@/lib/account/codecs/codec'
import type { Network } from '@/lib/chains/network'
import { BaseError } from '@/lib/errors/BaseError'

/** Whether an account can be used on a network: its contracts are there, or the network's can deploy it. */
export function isUsableOn(
  { kind, factory, deployedOn }: Pick<Account, 'kind' | 'factory' | 'deployedOn'>,
  { chainId, deployment }: Pick<Network, 'chainId' | 'deployment'>,
): boolean {
  if (kind !== deployment.kind) return false
  return deployedOn.includes(chainId) || codecFor(kind).deploysHere(deployment, factory)
}

/** An account was to be used where it can never stand. Code 4901: not connected to that chain. */
export class AccountElsewhereError extends BaseError {
  override readonly name = 'Account.AccountElsewhereError'

  constructor(account: string, network: string) {
    super(
      `${account} runs on other contracts than those of ${network}, and cannot be used there. Connect again with an account of that network.`,
      { code: 4901 },
    )
  }
}
