import * as v from 'valibot'
import { callEntries, checkSender, toCall } from '@/lib/rpc/calls'
import { callsIdOf } from '@/lib/rpc/callsIdOf'
import { claimCallsId } from '@/lib/rpc/claimCallsId'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { BundleTooLargeError, UnsupportedCapabilityError, UnsupportedCallsChainError } from '@/lib/rpc/errors'
import { addressSchema, chainIdSchema, sponsorOf, sponsorSchema } from '@/lib/rpc/schemas'
import { sendCalls } from '@/lib/rpc/sendCalls'
import { settle } from '@/lib/operation/settle'
import { maximumCalls } from '@/lib/policy/check'

const optional = { optional: v.optional(v.boolean()) }
const capabilitiesSchema = v.looseObject({
  paymasterService: v.optional(v.object({ ...optional, ...sponsorSchema.entries })),
  sessionOnly: v.optional(v.object(optional)),
})
const known = new Set(['paymasterService', 'sessionOnly', 'atomic'])

/**
 * EIP-5792 `wallet_sendCalls`, always atomic: one operation. Signs with a session when every call is within its policies; otherwise
 * the owner is asked, with the reason shown. Answers as soon as the bundler accepted.
 *
 * More calls than one operation takes are 5740.
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
      sponsor: sponsorOf(capabilities.paymasterService),
      sessionOnly: capabilities.sessionOnly !== undefined,
    }
    const work = () => sendCalls(context, send)
    const row = await (id === undefined ? work() : claimCallsId(context, { callsId, requestId }, work))
    void settle(context, row.id)
    return { id: id ?? caller.requestId }
  },
})

/** A capability that the wallet does not know must be marked optional. */
function checkCapabilities(capabilities: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(capabilities)) {
    const isOptional =
      typeof value === 'object' && value !== null && 'optional' in value && value.optional === true
    if (!known.has(name) && !isOptional) throw new UnsupportedCapabilityError(name)
  }
}
