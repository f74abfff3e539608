import * as v from 'valibot'
import { connectSite } from '@/lib/rpc/connectSite'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { chainIdSchema, metadataOf, metadataSchema } from '@/lib/rpc/schemas'
import { sponsorOf, sponsorSchema } from '@/lib/rpc/sponsorSchema'

/**
 * EIP-1102 `eth_requestAccounts`, with the ZKsync SSO form: `[{metadata, sessionPreferences, paymaster}]` asks for a session in the
 * same gesture.
 */
export const eth_requestAccounts = defineMethod({
  name: 'eth_requestAccounts',
  standard: 'EIP-1102; session form of ZKsync SSO',
  access: 'public',
  durable: true,
  params: v.optional(
    v.tuple([
      v.optional(
        v.object({
          metadata: v.optional(metadataSchema),
          sessionPreferences: v.optional(v.unknown()),
          paymaster: v.optional(sponsorSchema),
          chainId: v.optional(chainIdSchema),
        }),
      ),
    ]),
  ),
  async handle(context, params, { caller }) {
    const asked = params?.[0]
    const connection = await connectSite(context, {
      caller,
      metadata: metadataOf(asked?.metadata),
      preferences: asked?.sessionPreferences,
      sponsor: sponsorOf(asked?.paymaster),
      chainId: asked?.chainId,
    })
    return [connection.account]
  },
})
