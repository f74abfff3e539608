import type { Address, Hex } from 'viem'
import type { Account } from '@/lib/account/account'
import type { SignedMessage } from '@/lib/account/signedMessage'
import { recordActivity } from '@/lib/activity/activity'
import type { Approval } from '@/lib/approval/approval'
import { excerptOf } from '@/lib/describe/excerptOf'
import type { RpcContext } from '@/lib/rpc/context'
import { transact } from '@/lib/storage/transact'

/**
 * Enters a signed message in the activity list. No operation goes with it.
 *
 * @param passkey - Credential of the passkey that signed.
 */
export async function recordMessage(
  context: RpcContext,
  { id, origin, chainId }: Approval,
  account: Account,
  message: SignedMessage,
  passkey: Hex,
): Promise<void> {
  await transact(context.database, ['activity'], 'readwrite', (transaction) =>
    recordActivity(transaction, {
      id: `message ${id}`,
      at: context.now(),
      origin,
      account: account.id as Address,
      chainId,
      signedBy: 'passkey',
      purpose: 'message',
      excerpt: excerptOf(message),
      calls: [],
      status: 'final',
      passkey,
    }),
  )
  context.changed()
}
