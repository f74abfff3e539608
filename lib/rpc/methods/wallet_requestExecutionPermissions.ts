import { defineMethod } from '@/lib/rpc/defineMethod'
import { RefusedMethodError } from '@/lib/rpc/errors'
import { anyParamsSchema } from '@/lib/rpc/schemas'

/** ERC-7715 `wallet_requestExecutionPermissions`: refused, with the way to a session. */
export const wallet_requestExecutionPermissions = defineMethod({
  name: 'wallet_requestExecutionPermissions',
  standard: 'ERC-7715 (4200)',
  access: 'public',
  params: anyParamsSchema,
  async handle() {
    throw new RefusedMethodError(
      'Latchkey gives no key or context away (ERC-7710). Ask for a session: the capability `sessions` of wallet_connect.',
    )
  },
})
