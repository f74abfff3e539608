import * as v from 'valibot'
import type { Address } from 'viem'
import type { Account } from '@/lib/account/account'
import { accounts } from '@/lib/account/accounts'
import { AccountElsewhereError, isUsableOn } from '@/lib/account/isUsableOn'
import { nativeBalance } from '@/lib/assets/nativeBalance'
import { tokenBalances } from '@/lib/assets/tokenBalances'
import { tokenMetadata } from '@/lib/assets/tokenMetadata'
import type { Network } from '@/lib/chains/network'
import { getNetwork } from '@/lib/chains/networks'
import type { SendPlan } from '@/lib/messaging/sendView'
import { UnknownAccountError } from '@/lib/rpc/commands/addPasskey'
import type { RpcContext } from '@/lib/rpc/context'
import { InvalidParamsError } from '@/lib/rpc/errors'
import { addressSchema } from '@/lib/rpc/schemas'

/** An asset of an account that can be sent. */
export type Sendable = {
  readonly account: Account
  readonly network: Network
  readonly unit: { readonly symbol: string; readonly decimals: number }
  /** What is held, in the smallest unit. */
  readonly balance: bigint
}

/**
 * Looks up what is to be sent.
 *
 * @throws {UnknownAccountError} The account is not in this wallet.
 * @throws {AccountElsewhereError} It cannot be used on this chain.
 * @throws {InvalidParamsError} The asset is no token there.
 * @throws {UnreachableError} The node does not answer.
 */
export async function sendable(
  { database }: Pick<RpcContext, 'database'>,
  { account: address, chainId, asset }: SendPlan,
): Promise<Sendable> {
  const network = await getNetwork(database, chainId)
  const account = await accounts.get(database, address.toLowerCase())
  if (account === undefined) throw new UnknownAccountError()
  if (!isUsableOn(account, network)) throw new AccountElsewhereError(account.name, network.name)
  if (asset === 'native') {
    const balance = await nativeBalance(network, account.address)
    return { account, network, unit: network.currency, balance }
  }
  const unit = await tokenMetadata(database, network, asset)
  const [held] = await tokenBalances(network, account.address, [asset])
  if (unit === null || typeof held?.balance !== 'bigint')
    throw new InvalidParamsError(`There is no ERC-20 token at ${asset} on ${network.name}.`)
  return { account, network, unit, balance: held.balance }
}

/**
 * Reads a recipient's address; capitals that do not fit their checksum are refused.
 *
 * @throws {InvalidParamsError} It is no address.
 */
export function recipientOf(text: string): Address {
  const parsed = v.safeParse(addressSchema, text)
  if (!parsed.success) throw new InvalidParamsError('The recipient is no address.')
  const { output } = parsed
  const isPlain = text === text.toLowerCase() || text.slice(2) === text.slice(2).toUpperCase()
  if (!isPlain && text !== output)
    throw new InvalidParamsError('A character of the recipient’s address is wrong. Copy it again.')
  return output
}
