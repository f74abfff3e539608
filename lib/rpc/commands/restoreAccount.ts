import { accounts } from '@/lib/account/accounts'
import { recoverKeys } from '@/lib/account/recoverKeys'
import { listNetworks } from '@/lib/chains/networks'
import type { FoundPasskey } from '@/lib/messaging/popup'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { keepAccount } from '@/lib/rpc/keepAccount'
import { chooseKey } from '@/lib/rpc/restore/chooseKey'
import { findPlaces, handedAccount } from '@/lib/rpc/restore/findPlaces'
import { addedTo, firstOwned, keptPasskey } from '@/lib/rpc/restore/restoredAccounts'
import { AccountKnownError, AnswersDifferError } from '@/lib/rpc/restore/restoreErrors'
import { accountView } from '@/lib/rpc/views/accountView'

/**
 * Adds the accounts of a passkey that exists already, from its answers alone. Its sessions do not come back: their keys stay in the
 * browser that made them.
 */
export const restoreAccount = defineCommand({
  name: 'restoreAccount',
  async handle(context, { answers }) {
    const { database } = context
    const found = onePasskey(answers)
    const existing = await accounts.getAll(database)
    const known = existing.find(({ passkeys }) =>
      passkeys.some(({ credentialId }) => credentialId.toLowerCase() === found.credentialId.toLowerCase()),
    )
    if (known !== undefined) throw new AccountKnownError(known.name)
    const keys = recoverKeys(answers)
    if (keys.length === 0) throw new AnswersDifferError()
    // The address of an account follows from its first key. With one answer a node would have to say which of two keys that is; one
    // that lies would lead the owner's funds to an address that nobody opens.
    if (answers.length === 1 && handedAccount(found) === null) return { outcome: 'again' }
    const places = await findPlaces(await listNetworks(database), found, keys)
    const key = chooseKey(keys, places)
    if (key === null) {
      if (answers.length > 1) throw new AnswersDifferError()
      return { outcome: 'again' }
    }
    const own = places.filter((place) => place.key === key)
    const passkey = keptPasskey(found, key, context.now())
    const restored = handedAccount(found) === null ? firstOwned(passkey, own) : [await addedTo(passkey, own)]
    const missing = restored.filter(({ address }) => !existing.some(({ id }) => id === address.toLowerCase()))
    const [first] = restored
    if (missing.length === 0)
      throw new AccountKnownError(existing.find(({ id }) => id === first?.address.toLowerCase())?.name ?? '')
    const views = []
    for (const account of missing) views.push(await accountView(context, await keepAccount(context, account)))
    const silent = own.filter(({ standing }) => standing === 'unknown').map(({ network }) => network.name)
    return { outcome: 'restored', accounts: views, silent }
  },
})

/** @throws {AnswersDifferError} The answers are not of one passkey. */
function onePasskey(answers: readonly FoundPasskey[]): FoundPasskey {
  const [first, ...others] = answers
  const differs = others.some(
    ({ credentialId, origin }) => credentialId !== first?.credentialId || origin !== first.origin,
  )
  if (first === undefined || differs) throw new AnswersDifferError()
  return first
}
