import type { Address, Hex } from 'viem'

/** Which contracts an account runs on; chooses the codec. */
export type AccountKind = 'latchkey' | 'zksync-sso'

/** A passkey that owns an account: public parts only. */
export type Passkey = {
  readonly credentialId: Hex
  /** P-256 public key, 32 bytes each. */
  readonly x: Hex
  readonly y: Hex
  /** Origin in the client data of its assertions. */
  readonly origin: string
  readonly rpId: string
  /** Unix milliseconds. */
  readonly createdAt: number
  /** Whether assertions yield a PRF output; `null` before the first one. */
  readonly prf: boolean | null
  /** BE flag: the passkey is, or may be, synced. */
  readonly backupEligible: boolean
  /**
   * Chains on which a further passkey was added. Absent for the first one, from which the address follows: it owns the account
   * wherever that is deployed, until it is removed there.
   */
  readonly addedOn?: readonly number[] | undefined
  /** Chains on which it was removed. */
  readonly removedOn?: readonly number[] | undefined
}

/** An account of the wallet. Its address follows from the first passkey, the factory and the index. */
export type Account = {
  /** The address in lower case. */
  readonly id: string
  readonly address: Address
  readonly name: string
  readonly kind: AccountKind
  readonly factory: Address
  /** Further accounts of one passkey count up from 0. */
  readonly index: bigint
  /** The first one is the one that the address was derived from. */
  readonly passkeys: readonly [Passkey, ...Passkey[]]
  /** Unix milliseconds. */
  readonly createdAt: number
  /** Chains on which it was seen deployed. */
  readonly deployedOn: readonly number[]
}
