import { keccak256, stringToHex, type Hex } from 'viem'
import type { Connection } from '@/lib/connection/connections'
import type { ApprovalRequest } from '@/lib/messaging/views'
import { toWire } from '@/lib/messaging/wire'
import { ApprovalFailedError, askUser } from '@/lib/rpc/askUser'
import type { Caller } from '@/lib/rpc/caller'
import type { RpcContext } from '@/lib/rpc/context'

/** What is to be signed. */
export type SignatureRequest = Extract<ApprovalRequest, { kind: 'message' | 'typed-data' }>

/**
 * Shows a message to the owner and returns its signature. Always asked: sessions sign no messages. The same message asked again
 * while it is shown joins it.
 *
 * @throws {UserRejectedError} 4001.
 */
export async function askForSignature(
  context: RpcContext,
  { caller, connection, request }: { caller: Caller; connection: Connection; request: SignatureRequest },
): Promise<Hex> {
  const { origin, topOrigin, requestId } = caller
  const { account, chainId, metadata } = connection
  const content = keccak256(stringToHex(JSON.stringify(toWire(request))))
  const { signature } = await askUser(context, {
    origin,
    topOrigin,
    metadata,
    account,
    chainId,
    request,
    joinKey: `sign ${origin} ${topOrigin ?? ''} ${account} ${chainId} ${content}`,
    requestId,
  })
  if (signature === undefined) throw new ApprovalFailedError('The message was not signed. Ask again.', 4100)
  return signature
}
