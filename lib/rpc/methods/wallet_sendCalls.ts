import * as v from 'valibot'
import { getNetwork } from '@/lib/chains/networks'
import { callEntries, checkSender, toCall } from '@/lib/rpc/calls'
import { callsIdOf } from '@/lib/rpc/callsIdOf'
import { claimCallsId } from '@/lib/rpc/claimCallsId'
import { connectSite } from '@/lib/rpc/connectSite'
import type { RpcContext } from '@/lib/rpc/context'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { BundleTooLargeError, UnsupportedCapabilityError, UnsupportedCallsChainError } from '@/lib/rpc/errors'
import { addressSchema, chainIdSchema } from '@/lib/rpc/schemas'
import { sponsorOf, sponsorSchema } from '@/lib/rpc/sponsorSchema'
import { resolveSponsor } from '@/lib/rpc/resolveSponsor'
import { sendCalls, type SendRequest } from '@/lib/rpc/sendCalls'
import { sessionResults } from '@/lib/rpc/sessionResults'
import { settle } from '@/lib/operation/settle'
import { maximumCalls } from '@/lib/policy/call'

const optional = { optional: v.optional(v.boolean()) }
const capabilitiesSchema = v.looseObject({
  paymasterService: v.optional(sponsorSchema),
  sessionOnly: v.optional(v.object(optional)),
  sessions: v.optional(v.looseObject(optional)),
})
const known = new Set(['paymasterService', 'sessionOnly', 'sessions', 'atomic'])

/**
 * EIP-5792 `wallet_sendCalls`, always atomic: one operation. Signs with a session when every call is within its policies; otherwise
 * the owner is asked, with the reason shown. Answers as soon as the bundler accepted.
 *
 * More calls than one operation takes are 5740.
 *
 * Capability `sessions`: session preferences. The owner is asked for the session first, unless the site has one with the same terms;
 * the calls follow once it is active. The answer lists the sessions as `wallet_connect` does.
 *
 * Capability `sessionOnly`: refuse with 4100 and `data.refusal` what the session does not allow, instead of asking.
 */
export const wallet_sendCalls = defineMethod({
  name: 'wallet_sendCalls',
  standard: 'EIP-5792, ERC-7677; capability `sessions`',
  access: 'connected',
  durable: true,
  params: v.tuple([
    v.object({
      version: v.optional(v.string()),
      id: v.optional(
        v.pipe(
          v.string(),
          v.minLength(1, 'must not be empty'),
          v.maxLength(4096, 'must be at most 4,096 characters'),
        ),
      ),
      from: v.nullish(addressSchema),
      chainId: chainIdSchema,
      atomicRequired: v.optional(v.boolean()),
      calls: v.pipe(
        v.array(v.object({ ...callEntries, capabilities: v.optional(v.looseObject({})) })),
        v.minLength(1, 'must hold at least one call'),
      ),
      capabilities: v.optional(capabilitiesSchema, {}),
    }),
  ]),
  async handle(context, [request], { caller, connection }) {
    const { calls, capabilities, chainId, from, id } = request
    if (calls.length > maximumCalls) throw new BundleTooLargeError(calls.length)
    checkSender(connection, from)
    if (chainId !== connection.chainId) throw new UnsupportedCallsChainError(chainId, connection.chainId)
    checkCapabilities(capabilities)
    for (const call of calls) checkCapabilities(call.capabilities ?? {})
    const { requestId } = caller
    const callsId = callsIdOf(caller.origin, id ?? requestId)
    const send = {
      caller,
      connection,
      calls: calls.map(toCall),
      callsId,
      sponsor: await resolveSponsor(context, {
        network: await getNetwork(context.database, chainId),
        given: sponsorOf(capabilities.paymasterService),
        known: connection.sponsor,
        account: connection.account,
      }),
      sessionOnly: capabilities.sessionOnly !== undefined,
    }
    const wish = capabilities.sessions
    const work = async () => {
      if (wish !== undefined) await askForSession(context, send, wish)
      return sendCalls(context, send)
    }
    const row = await (id === undefined ? work() : claimCallsId(context, { callsId, requestId }, work))
    void settle(context, row.id)
    const sessions = wish && { capabilities: { sessions: await sessionResults(context, connection) } }
    return { id: id ?? caller.requestId, ...sessions }
  },
})

/** Under a name of its own: the same request may have to ask for the calls too. */
async function askForSession(
  context: RpcContext,
  { caller, connection, sponsor }: SendRequest,
  { optional: _, ...preferences }: { readonly optional?: boolean | undefined },
): Promise<void> {
  await connectSite(context, {
    caller: { ...caller, requestId: `${caller.requestId} session` },
    metadata: connection.metadata,
    preferences,
    sponsor: sponsor ?? connection.sponsor,
    chainId: connection.chainId,
  })
}

/** A capability that the wallet does not know must be marked optional. */
function checkCapabilities(capabilities: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(capabilities)) {
    const isOptional =
      typeof value === 'object' && value !== null && 'optional' in value && value.optional === true
    if (!known.has(name) && !isOptional) throw new UnsupportedCapabilityError(name)
  }
}
