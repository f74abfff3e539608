import * as v from 'valibot'
import { tokenMetadata } from '@/lib/assets/tokenMetadata'
import { isWatched } from '@/lib/assets/watchedTokens'
import { getNetwork } from '@/lib/chains/networks'
import { askUser } from '@/lib/rpc/askUser'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { InvalidParamsError } from '@/lib/rpc/errors'
import { addressSchema, chainIdSchema } from '@/lib/rpc/schemas'

const assetSchema = v.looseObject({
  type: v.pipe(v.string(), v.toUpperCase()),
  options: v.looseObject({
    address: addressSchema,
    chainId: v.nullish(chainIdSchema),
    decimals: v.nullish(v.pipe(v.union([v.number(), v.string()]), v.transform(Number))),
  }),
})

/**
 * EIP-747 `wallet_watchAsset {type: 'ERC20', options: {address}}`: the owner is asked to list a token. Name and unit are the
 * contract's own; a site that gives other decimals is refused, as amounts would be shown wrong.
 */
export const wallet_watchAsset = defineMethod({
  name: 'wallet_watchAsset',
  standard: 'EIP-747',
  access: 'connected',
  durable: true,
  params: v.union(
    [
      v.pipe(
        v.looseTuple([assetSchema]),
        v.transform(([asset]) => asset),
      ),
      assetSchema,
    ],
    'must be {type, options: {address}}',
  ),
  async handle(context, { type, options }, { caller, connection }) {
    if (type !== 'ERC20')
      throw new InvalidParamsError(
        `wallet_watchAsset: the type ${type.slice(0, 40)} is not known. Use ERC20.`,
      )
    const { address, chainId, decimals } = options
    if (chainId && chainId !== connection.chainId)
      throw new InvalidParamsError(
        `wallet_watchAsset: the token is on chain ${chainId}, this site is on ${connection.chainId}.`,
      )
    const network = await getNetwork(context.database, connection.chainId)
    const token = await tokenMetadata(context.database, network, address)
    if (token === null)
      throw new InvalidParamsError(`wallet_watchAsset: ${address} is no ERC-20 token on ${network.name}.`)
    if (typeof decimals === 'number' && decimals !== token.decimals)
      throw new InvalidParamsError(
        `wallet_watchAsset: the token has ${token.decimals} decimals, not ${decimals}.`,
      )
    if (await isWatched(context.database, token)) return true
    await askUser(context, {
      origin: caller.origin,
      topOrigin: caller.topOrigin,
      metadata: connection.metadata,
      account: connection.account,
      chainId: connection.chainId,
      request: { kind: 'token', token },
      joinKey: `token ${caller.origin} ${connection.chainId} ${address}`,
      requestId: caller.requestId,
    })
    return true
  },
})
