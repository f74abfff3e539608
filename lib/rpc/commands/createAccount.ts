import { accounts } from '@/lib/account/accounts'
import type { Account } from '@/lib/account/account'
import { isUsableOn } from '@/lib/account/isUsableOn'
import { readAccountAddress } from '@/lib/account/readAccountAddress'
import { getNetwork } from '@/lib/chains/networks'
import { BaseError } from '@/lib/errors/BaseError'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { defaultChainId } from '@/lib/rpc/defaultChainId'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import { accountView } from '@/lib/rpc/views/accountView'

/**
 * Adds an account for a new passkey, of the kind of contracts that a network has. Approvals that wait for an account, on a network where
 * it can be used, go on with it.
 */
export const createAccount = defineCommand({
  name: 'createAccount',
  async handle(context, { passkey, chainId }) {
    const network = await getNetwork(context.database, chainId ?? (await defaultChainId(context)))
    const { deployment } = network
    const existing = await accounts.getAll(context.database)
    if (existing.some((account) => account.passkeys.some((own) => own.credentialId === passkey.credentialId)))
      throw new PasskeyInUseError()
    // "No PRF" at creation says nothing: many authenticators yield it at assertions only.
    const owner = { ...passkey, prf: passkey.prf ? true : null, createdAt: context.now() }
    const index = 0n
    const address = await readAccountAddress(network, { passkey: owner, index })
    const account: Account = {
      id: address.toLowerCase(),
      address,
      name: existing.length === 0 ? 'Account' : `Account ${existing.length + 1}`,
      kind: deployment.kind,
      factory: deployment.factory,
      index,
      passkeys: [owner],
      createdAt: context.now(),
      deployedOn: [],
    }
    await accounts.put(context.database, account)
    for (const approval of context.approvals.open()) {
      if (approval.account !== null) continue
      const wanted = await getNetwork(context.database, approval.chainId)
      if (!isUsableOn(account, wanted)) continue
      await context.approvals.update(approval.id, { account: address })
      void prepareApproval(context, approval.id)
    }
    context.changed()
    return accountView(context, account)
  },
})

/** The passkey owns an account of this wallet already. */
export class PasskeyInUseError extends BaseError {
  override readonly name = 'Rpc.PasskeyInUseError'
  constructor() {
    super('This passkey owns an account here already.', { code: -32602 })
  }
}
