import { numberToHex } from 'viem'
import * as v from 'valibot'
import { connectSite } from '@/lib/rpc/connectSite'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { chainIdSchema, metadataOf, metadataSchema } from '@/lib/rpc/schemas'
import { sponsorOf, sponsorSchema } from '@/lib/rpc/sponsorSchema'
import { sessionResults } from '@/lib/rpc/sessionResults'

/** ERC-7846 `wallet_connect`, with the capabilities `sessions` (session preferences) and `paymasterService`. */
export const wallet_connect = defineMethod({
  name: 'wallet_connect',
  standard: 'ERC-7846; capability `sessions`',
  access: 'public',
  durable: true,
  params: v.tuple([
    v.object({
      version: v.optional(v.string()),
      chainIds: v.optional(v.pipe(v.array(chainIdSchema), v.maxLength(16))),
      capabilities: v.optional(
        v.looseObject({
          sessions: v.optional(v.unknown()),
          paymasterService: v.optional(sponsorSchema),
          metadata: v.optional(metadataSchema),
        }),
        {},
      ),
    }),
  ]),
  async handle(context, [{ chainIds, capabilities }], { caller }) {
    const connection = await connectSite(context, {
      caller,
      metadata: metadataOf(capabilities.metadata),
      preferences: capabilities.sessions,
      sponsor: sponsorOf(capabilities.paymasterService),
      chainId: chainIds?.[0],
    })
    const sessions = await sessionResults(context, connection)
    return {
      accounts: [{ address: connection.account, capabilities: { sessions } }],
      chainIds: [numberToHex(connection.chainId)],
    }
  },
})
