import { isAddressEqual } from 'viem'
import * as v from 'valibot'
import { checkSender } from '@/lib/rpc/calls'
import { connectSite } from '@/lib/rpc/connectSite'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { UnsupportedCallsChainError } from '@/lib/rpc/errors'
import { grantSchema } from '@/lib/rpc/grantSchema'
import { narrowedPermissions } from '@/lib/rpc/narrowedPermissions'
import { permissionPreferences } from '@/lib/rpc/permissionPreferences'
import { sessionResults } from '@/lib/rpc/sessionResults'
import { toDapp } from '@/lib/rpc/toDapp'
import { sessions as storedSessions } from '@/lib/session/sessions'

/**
 * `wallet_grantPermissions`, the older form of ERC-7715: permissions that map to a session ask for one, the others are 5700 with the
 * reason. Answers with what was granted; `permissionsContext` is the session's id, and `sessions` the sessions as
 * `wallet_getSessions` lists them.
 *
 * @see {@link permissionPreferences} What maps to what.
 */
export const wallet_grantPermissions = defineMethod({
  name: 'wallet_grantPermissions',
  standard: 'ERC-7715 (older form)',
  access: 'connected',
  durable: true,
  params: v.tuple([grantSchema]),
  async handle(context, [request], { caller, connection }) {
    const { chainId, address } = request
    checkSender(connection, address)
    if (chainId && chainId !== connection.chainId)
      throw new UnsupportedCallsChainError(chainId, connection.chainId)
    const { preferences, granted } = permissionPreferences(request)
    const current = await connectSite(context, {
      caller,
      metadata: {},
      preferences,
      sponsor: connection.sponsor,
    })
    const sessions = await sessionResults(context, current)
    const asked = context.approvals.ofRequest(caller.requestId)?.request
    const session =
      asked?.kind === 'session'
        ? sessions.find(({ spec }) => isAddressEqual(spec.signer, asked.spec.signer))
        : sessions.find(({ status }) => status === 'active')
    const row = session && (await storedSessions.get(context.database, session.id))
    return toDapp({
      permissionsContext: session?.id ?? '0x',
      expiry: session?.spec.expiresAt,
      grantedPermissions: row?.askedTerms === undefined ? granted : narrowedPermissions(granted, row.spec),
      sessions,
    })
  },
})
