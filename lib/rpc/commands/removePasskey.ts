import type { Account, Passkey } from '@/lib/account/account'
import { accounts } from '@/lib/account/accounts'
import { changeAccount } from '@/lib/account/changeAccount'
import { ownersOn } from '@/lib/account/ownersOn'
import { listNetworks } from '@/lib/chains/networks'
import { BaseError } from '@/lib/errors/BaseError'
import { askForPasskey, ownerPasskey } from '@/lib/rpc/askForPasskey'
import { UnknownAccountError } from '@/lib/rpc/commands/addPasskey'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import type { RpcContext } from '@/lib/rpc/context'
import { dropWraps } from '@/lib/session/dropWraps'
import { openedBy } from '@/lib/session/openedBy'
import { sessions } from '@/lib/session/sessions'
import { forgetKey, vaults } from '@/lib/session/vault'
import { transact } from '@/lib/storage/transact'

/**
 * Removes a passkey from an account: opens an approval for every chain on which it is an owner. Unless `keepSessions`, the sessions
 * that it could open are revoked in the same operation. One that no chain knows is forgotten at once.
 */
export const removePasskey = defineCommand({
  name: 'removePasskey',
  async handle(context, { account: address, credentialId, keepSessions }) {
    const account = await accounts.get(context.database, address.toLowerCase())
    const passkey = account?.passkeys.find((own) => own.credentialId === credentialId)
    if (account === undefined || passkey === undefined) throw new UnknownAccountError()
    const networks = await listNetworks(context.database)
    const chains = networks.filter(
      ({ chainId }) => account.deployedOn.includes(chainId) && ownersOn(account, chainId).includes(passkey),
    )
    for (const { chainId, name } of chains)
      if (ownersOn(account, chainId).length < 2) throw new LastPasskeyError(name)
    if (chains.length === 0) {
      if (passkey === account.passkeys[0]) throw new LastPasskeyError(null)
      await forget(context, account, passkey)
      return { approvalIds: [] }
    }
    const now = Math.floor(context.now() / 1000)
    const opened = await openedBy(context.database, { account: account.address, credentialId, now })
    const approvalIds: string[] = []
    for (const { chainId } of chains) {
      const here = keepSessions ? [] : opened.filter((session) => session.chainId === chainId)
      const sessionIds = here.map(({ id }) => id)
      const request = { kind: 'remove-passkey', passkey: ownerPasskey(passkey), sessionIds } as const
      approvalIds.push(await askForPasskey(context, account, chainId, request))
    }
    return { approvalIds }
  },
})

async function forget(context: RpcContext, { id, address }: Account, { credentialId }: Passkey) {
  const stores = [accounts.store, sessions.store, vaults.store]
  const deleted = await transact(context.database, stores, 'readwrite', async (tx) => {
    await changeAccount(tx, id, (before) => {
      const [first, ...rest] = before.passkeys
      return { ...before, passkeys: [first, ...rest.filter((own) => own.credentialId !== credentialId)] }
    })
    return dropWraps(tx, { account: address, credentialId })
  })
  for (const vaultId of deleted) await forgetKey(context, vaultId)
  context.changed()
}

/** An account never loses its last passkey. */
export class LastPasskeyError extends BaseError {
  override readonly name = 'Rpc.LastPasskeyError'
  constructor(network: string | null) {
    super(
      network === null
        ? 'Your address follows from this passkey, and the account is not deployed yet. Add another passkey first.'
        : `This is the account’s only passkey on ${network}. Add another one there first.`,
      { code: -32602 },
    )
  }
}
