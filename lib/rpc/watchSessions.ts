import { browser } from 'wxt/browser'
import { getNetwork, UnknownNetworkError } from '@/lib/chains/networks'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { checkEvery, checkSessions } from '@/lib/rpc/checkSessions'
import type { RpcContext } from '@/lib/rpc/context'
import { noticeSessions } from '@/lib/rpc/noticeSessions'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'

/** Name of the alarm that looks at the chain for sessions of sites that are open in a tab. */
export const sessionsAlarm = 'sessions'
/** Name of the alarm at the moment in which the next session expires. */
export const expiryAlarm = 'session-expiry'

/** A look at the chain for a page that was opened is enough for so long, in ms. */
const lookAgainAfter = 10_000

const live = new Set<SessionRow['status']>(['pending', 'active', 'paused', 'closing'])

/** Sets the alarms that sessions need, or takes them down with the last one. */
export async function scheduleSessions(context: RpcContext): Promise<void> {
  const now = context.now()
  // When it expires by this computer's clock.
  const ends = (await liveSessions(context))
    .map(({ spec, chainId }) => (spec.expiresAt + 1 - context.clock.skew(chainId)) * 1000)
    .filter((at) => at > now)
  if (ends.length === 0) {
    await Promise.all([browser.alarms.clear(sessionsAlarm), browser.alarms.clear(expiryAlarm)])
    return
  }
  // Made anew it would count its minutes anew.
  if (!(await browser.alarms.get(sessionsAlarm)))
    await browser.alarms.create(sessionsAlarm, { periodInMinutes: checkEvery / 60_000 })
  const next = Math.min(...ends)
  if ((await browser.alarms.get(expiryAlarm))?.scheduledTime !== next)
    await browser.alarms.create(expiryAlarm, { when: next })
}

/** The owner opened a page of the wallet: what became of the sessions elsewhere, all of them. */
export function checkAllSessions(context: RpcContext): Promise<void> {
  return check(context, () => true, lookAgainAfter)
}

/** What became elsewhere of the sessions of sites that are open in a tab. */
export async function checkOpenSites(context: RpcContext): Promise<void> {
  const origins = new Set<string>()
  for (const { url } of await browser.tabs.query({}))
    if (url !== undefined && URL.canParse(url)) origins.add(new URL(url).origin)
  await check(context, ({ origin }) => origins.has(origin), 0)
}

async function check(
  context: RpcContext,
  isWanted: (session: SessionRow) => boolean,
  maxAge: number,
): Promise<void> {
  const wanted = (await liveSessions(context)).filter(isWanted)
  const places = new Map(wanted.map((session) => [`${session.account} ${session.chainId}`, session]))
  for (const { account, chainId } of places.values()) {
    try {
      const network = await getNetwork(context.database, chainId)
      await Promise.all([
        context.clock.refresh(network, 30_000),
        checkSessions(context, network, account, maxAge),
      ])
    } catch (error) {
      // Looked at again at the next occasion; until then the wallet knows what it knew.
      if (!(error instanceof UnreachableError || error instanceof UnknownNetworkError)) throw error
    }
  }
  await noticeSessions(context)
}

async function liveSessions(context: RpcContext): Promise<SessionRow[]> {
  return (await sessions.getAll(context.database)).filter(({ status }) => live.has(status))
}
