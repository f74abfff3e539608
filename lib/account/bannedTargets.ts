import type { Address } from 'viem'
import type { Deployment } from '@/lib/chains/network'

/**
 * Targets that no operation of a session may call, whatever its policies say. Modules that the user installed come on top.
 *
 * Mirrors `isBannedTarget` (`contracts/README.md`, "Restricted operations and banned targets").
 */
export function bannedTargets(account: Address, deployment: Deployment): Address[] {
  const { entryPoint, factory, sessionKeyValidator, guardianExecutor } = deployment
  return [account, entryPoint, sessionKeyValidator, guardianExecutor, factory]
}
