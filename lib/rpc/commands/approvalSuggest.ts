import type { Hex } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { accounts } from '@/lib/account/accounts'
import type { Approval } from '@/lib/approval/approval'
import { getNetwork } from '@/lib/chains/networks'
import { BaseError } from '@/lib/errors/BaseError'
import { suggestedLifetime } from '@/lib/policy/suggestSession'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import type { RpcContext } from '@/lib/rpc/context'
import { paymasterRule } from '@/lib/rpc/paymasterRule'
import { suggestionFor } from '@/lib/rpc/suggestionFor'
import { turnApproval } from '@/lib/rpc/turnApproval'
import { ephemeralSpec } from '@/lib/session/ephemeralSpec'
import { keepLooseKey } from '@/lib/session/vault'

/**
 * The owner does not want to be asked again: turns an approval of calls into one of the session that the wallet suggests for
 * them. One operation creates it, signed by the passkey; the calls that wait are then signed by the session like any later ones,
 * and counted.
 *
 * @throws {NothingSuggestedError} No session is suggested for them.
 * @throws {UnreachableError | ServerRefusedError} The sponsor does not say which paymaster it uses, or nobody answers.
 */
export const approvalSuggest = defineCommand({
  name: 'approvalSuggest',
  handle: (context, { id }) => turnApproval(context, id, suggested),
})

async function suggested(context: RpcContext, approval: Approval): Promise<Approval['request'] | null> {
  const { request, chainId } = approval
  const suggestion = await suggestionFor(context, approval)
  if (suggestion === null || !suggestion.ok || request.kind !== 'transaction')
    throw new NothingSuggestedError()
  const network = await getNetwork(context.database, chainId)
  const paymaster = await paymasterRule(network, approval.sponsor, approval.account)
  const { functions } = suggestion
  const spec = { ...suggestion.spec, paymaster }
  const owner = await accounts.get(context.database, approval.account?.toLowerCase() ?? '')
  const ephemeral = owner !== undefined && owner.passkeys.every((passkey) => passkey.prf === false)
  const lasting = ephemeral ? ephemeralSpec(spec, context.clock.now(chainId)) : spec
  const privateKey = generatePrivateKey()
  const signer = privateKeyToAddress(privateKey).toLowerCase() as Hex
  await keepLooseKey(context, signer, privateKey)
  return {
    kind: 'session',
    spec: { ...lasting, signer },
    connects: false,
    functions,
    ephemeral,
    lifetime: suggestedLifetime,
    suggested: true,
    instead: request,
  }
}

/** No session is suggested for what is asked. */
export class NothingSuggestedError extends BaseError {
  override readonly name = 'Rpc.NothingSuggestedError'
  constructor() {
    super('No session is suggested for this. Approve it once, or reject it.', { code: -32602 })
  }
}
