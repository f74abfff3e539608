import type { RequestKind } from '@/lib/rpc/requestKind'
import type { Share } from '@/lib/rpc/siteTurns'

/**
 * How much of the wallet one site may take, by kind of request. Far above what a dapp needs, far below what would slow another:
 * a node that does not answer holds up the site's reads of the chain, and nothing else.
 */
export const shareOf: Readonly<Record<RequestKind, Share>> = {
  own: { atOnce: 64, besideOthers: 8, burst: 300, perSecond: 100, waiting: 1000 },
  // A browser opens six connections to a server without HTTP/2: others must not queue behind these.
  chain: { atOnce: 12, besideOthers: 4, burst: 300, perSecond: 100, waiting: 1000 },
  // Most of what is under way waits for the owner and is no work. Those that wait for their turn stand in memory, of which the request
  // store gives a site so much and no more.
  ask: { atOnce: 64, besideOthers: 64, burst: 100, perSecond: 20, waiting: 1000 },
}
