import type { LatchkeyDeployment } from '@/lib/chains/network'
import { latchkeyDeployment } from '@/lib/chains/deployments/latchkey.gen'

/** Where Latchkey's own contracts stand: by CREATE2, at the same addresses on every chain. */
export const latchkey: LatchkeyDeployment = {
  kind: 'latchkey',
  entryPoint: latchkeyDeployment.entryPoint,
  factory: latchkeyDeployment.factory,
  accountImplementation: latchkeyDeployment.accountImplementation,
  sessionKeyValidator: latchkeyDeployment.sessionKeyValidator,
  guardianExecutor: latchkeyDeployment.guardianExecutor,
}
