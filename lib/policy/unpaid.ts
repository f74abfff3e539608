/** Why a request that a session allows is not signed: nobody pays for it. */
export type Unpaid =
  | { readonly reason: 'sponsor-refused'; readonly message: string }
  | {
      readonly reason: 'needs-funds'
      /** In wei: what the account has, and what it must have for values and fee. */
      readonly balance: bigint
      readonly required: bigint
    }
