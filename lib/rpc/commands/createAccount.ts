import { accounts } from '@/lib/account/accounts'
import { readAccountAddress } from '@/lib/account/readAccountAddress'
import { getNetwork } from '@/lib/chains/networks'
import { BaseError } from '@/lib/errors/BaseError'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { defaultChainId } from '@/lib/rpc/defaultChainId'
import { keepAccount } from '@/lib/rpc/keepAccount'
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
    const account = await keepAccount(context, {
      address,
      kind: deployment.kind,
      factory: deployment.factory,
      index,
      passkeys: [owner],
      deployedOn: [],
    })
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
