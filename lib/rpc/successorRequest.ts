import type { Hex } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { accounts } from '@/lib/account/accounts'
import { readSessionStates } from '@/lib/account/readSessionStates'
import { getNetwork } from '@/lib/chains/networks'
import type { Network } from '@/lib/chains/network'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { ApprovalRequest, SuccessorKind } from '@/lib/messaging/views'
import type { SessionSpec } from '@/lib/policy/spec'
import type { RpcContext } from '@/lib/rpc/context'
import { lifetimeOf } from '@/lib/rpc/lifetimeOf'
import { ephemeralSpec } from '@/lib/session/ephemeralSpec'
import type { SessionRow } from '@/lib/session/session'
import { keepLooseKey } from '@/lib/session/vault'

type SessionRequest = Extract<ApprovalRequest, { kind: 'session' }>

/**
 * What the owner is asked for a session that follows another one: a new key, which is put into memory, and the old session revoked in
 * the same operation where it is still open on chain and not kept beside the new one.
 *
 * @param spec - Of the new session, its signer aside.
 */
export async function successorRequest(
  context: RpcContext,
  { session, spec, how }: { session: SessionRow; spec: SessionSpec; how: SuccessorKind },
): Promise<SessionRequest> {
  const network = await getNetwork(context.database, session.chainId)
  const owner = await accounts.get(context.database, session.account)
  const ephemeral = owner !== undefined && owner.passkeys.every((passkey) => passkey.prf === false)
  await context.clock.refresh(network, 5000)
  const now = context.clock.now(network.chainId)
  const lasting = ephemeral ? ephemeralSpec(spec, now) : spec
  const replacesIds = how === 'add' || !(await isOpen(network, session, now)) ? [] : [session.id]
  const privateKey = generatePrivateKey()
  const signer = privateKeyToAddress(privateKey).toLowerCase() as Hex
  await keepLooseKey(context, signer, privateKey)
  return {
    kind: 'session',
    spec: { ...lasting, signer },
    connects: false,
    functions: session.functions,
    ephemeral,
    lifetime: lifetimeOf(session),
    successor: { of: session.id, how },
    replacesIds,
  }
}

/** Whether there is something to revoke. A node that is silent leaves what the wallet itself knows. */
async function isOpen(network: Network, session: SessionRow, now: number): Promise<boolean> {
  if (session.spec.expiresAt < now || session.status === 'failed') return false
  try {
    const [state] = await readSessionStates(network, session.account, [session.spec])
    return state?.status === 'active'
  } catch (error) {
    if (error instanceof UnreachableError) return session.status !== 'closed'
    throw error
  }
}
