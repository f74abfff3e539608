import { accounts } from '@/lib/account/accounts'
import { ownersOn } from '@/lib/account/ownersOn'
import { askForPasskey, ownerPasskey } from '@/lib/rpc/askForPasskey'
import { UnknownAccountError } from '@/lib/rpc/commands/addPasskey'
import { PasskeyInUseError } from '@/lib/rpc/commands/createAccount'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'

/** Adds a passkey that the account has on another chain, or whose approval was rejected. */
export const addPasskeyOn = defineCommand({
  name: 'addPasskeyOn',
  async handle(context, { account: address, credentialId, chainId }) {
    const account = await accounts.get(context.database, address.toLowerCase())
    const passkey = account?.passkeys.find((own) => own.credentialId === credentialId)
    if (account === undefined || passkey === undefined) throw new UnknownAccountError()
    if (ownersOn(account, chainId).includes(passkey)) throw new PasskeyInUseError()
    const request = { kind: 'add-passkey', passkey: ownerPasskey(passkey) } as const
    return { approvalId: await askForPasskey(context, account, chainId, request) }
  },
})
