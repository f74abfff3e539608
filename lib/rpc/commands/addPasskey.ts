import type { Passkey } from '@/lib/account/account'
import { accounts } from '@/lib/account/accounts'
import { isUsableOn } from '@/lib/account/isUsableOn'
import { changeAccount } from '@/lib/account/changeAccount'
import { listNetworks } from '@/lib/chains/networks'
import { BaseError } from '@/lib/errors/BaseError'
import { askForPasskey, ownerPasskey } from '@/lib/rpc/askForPasskey'
import { PasskeyInUseError } from '@/lib/rpc/commands/createAccount'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'

/**
 * Adds a new passkey to an account: keeps its public part, and opens an approval for every chain on which the account is deployed.
 * With none, the first operation on the first network where it can be used deploys the account and adds the passkey.
 */
export const addPasskey = defineCommand({
  name: 'addPasskey',
  async handle(context, { account: address, passkey }) {
    const all = await accounts.getAll(context.database)
    if (all.some((one) => one.passkeys.some((own) => own.credentialId === passkey.credentialId)))
      throw new PasskeyInUseError()
    const account = all.find(({ id }) => id === address.toLowerCase())
    if (account === undefined) throw new UnknownAccountError()
    const added: Passkey = {
      ...passkey,
      // "No PRF" at creation says nothing: many authenticators yield it at assertions only.
      prf: passkey.prf ? true : null,
      createdAt: context.now(),
      addedOn: [],
    }
    await changeAccount(context.database, account.id, (before) => ({
      ...before,
      passkeys: [before.passkeys[0], ...before.passkeys.slice(1), added],
    }))
    context.changed()
    const usable = (await listNetworks(context.database)).filter((network) => isUsableOn(account, network))
    const deployed = usable.filter(({ chainId }) => account.deployedOn.includes(chainId))
    const chains = (deployed.length > 0 ? deployed : usable.slice(0, 1)).map(({ chainId }) => chainId)
    const approvalIds: string[] = []
    for (const chainId of chains)
      approvalIds.push(
        await askForPasskey(context, account, chainId, { kind: 'add-passkey', passkey: ownerPasskey(added) }),
      )
    return { approvalIds }
  },
})

/** The account or its passkey is not in this wallet. */
export class UnknownAccountError extends BaseError {
  override readonly name = 'Rpc.UnknownAccountError'
  constructor() {
    super('This account or passkey is not in the wallet any more.', { code: -32602 })
  }
}
