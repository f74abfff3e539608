import type { Account, Passkey } from '@/lib/account/account'

/** The passkeys that own an account on a chain, as far as this wallet knows; the first one where the account is not deployed yet. */
export function ownersOn({ passkeys }: Pick<Account, 'passkeys'>, chainId: number): Passkey[] {
  const [first] = passkeys
  return passkeys.filter(
    (passkey) =>
      passkey.removedOn?.includes(chainId) !== true &&
      (passkey === first || passkey.addedOn?.includes(chainId) === true),
  )
}
