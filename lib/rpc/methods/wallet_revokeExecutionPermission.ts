import { defineMethod } from '@/lib/rpc/defineMethod'
import { RefusedMethodError } from '@/lib/rpc/errors'
import { anyParamsSchema } from '@/lib/rpc/schemas'

/** ERC-7715 `wallet_revokeExecutionPermission`: refused: none was granted. Sessions are ended with `wallet_revokeSession`. */
export const wallet_revokeExecutionPermission = defineMethod({
  name: 'wallet_revokeExecutionPermission',
  standard: 'ERC-7715 (4200)',
  access: 'public',
  params: anyParamsSchema,
  async handle() {
    throw new RefusedMethodError(
      'No execution permission was granted. Use wallet_revokeSession to end a session.',
    )
  },
})
