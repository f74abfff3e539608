import { TooManyRequestsError } from '@/lib/rpc/TooManyRequestsError'

/** How much of the wallet one site may take at a time. */
export type Share = {
  /** Requests under way, while no other site asks for anything. */
  readonly atOnce: number
  /** Requests under way, while others ask too: what they ask meets no more of this site's than these. */
  readonly besideOthers: number
  /** Requests that may begin in one moment. */
  readonly burst: number
  /** Requests that may begin each second once the burst is used. */
  readonly perSecond: number
  /** Requests that may wait for their turn; the next one is refused. */
  readonly waiting: number
}

/** Turns of sites: what one asks for too fast waits, and never slows another. */
export type SiteTurns = {
  /**
   * Runs `work` when it is the site's turn.
   *
   * @param admit - Begins as soon as the request may wait, and is over before `work` begins. What it throws, `run` throws.
   * @throws {TooManyRequestsError} -32005: too many of the site's requests wait already.
   */
  run<result>(site: string, work: () => Promise<result>, admit?: () => Promise<void>): Promise<result>
}

type Turns = { running: number; tokens: number; at: number; timer: boolean; readonly queue: (() => void)[] }

/** How long after its last request a site counts as one that asks, in ms. */
const asksFor = 1000
/** Sites of which something is remembered, before those that are at rest are forgotten. */
const mostSites = 200

/**
 * Creates the turns of one kind of request.
 *
 * @param now - Milliseconds, of a clock that only goes forward.
 */
export function createSiteTurns(share: Share, now: () => number = () => performance.now()): SiteTurns {
  const sites = new Map<string, Turns>()

  function turnsOf(site: string): Turns {
    const known = sites.get(site)
    if (known !== undefined) return known
    if (sites.size >= mostSites) forgetResting()
    const turns: Turns = { running: 0, tokens: share.burst, at: now(), timer: false, queue: [] }
    sites.set(site, turns)
    return turns
  }

  function forgetResting() {
    for (const [site, turns] of sites) {
      refill(turns)
      if (turns.running === 0 && turns.queue.length === 0 && turns.tokens === share.burst) sites.delete(site)
    }
  }

  function refill(turns: Turns) {
    const time = now()
    turns.tokens = Math.min(share.burst, turns.tokens + ((time - turns.at) / 1000) * share.perSecond)
    turns.at = time
  }

  function mostOf(turns: Turns): number {
    for (const other of sites.values())
      if (other !== turns && turns.at - other.at < asksFor) return share.besideOthers
    return share.atOnce
  }

  /** Begins what may begin; the rest goes on when one ends, or when time has given new tokens. */
  function advance(turns: Turns) {
    refill(turns)
    const most = mostOf(turns)
    while (turns.queue.length > 0 && turns.running < most && turns.tokens >= 1) {
      turns.tokens -= 1
      turns.running += 1
      turns.queue.shift()?.()
    }
    if (turns.queue.length === 0 || turns.running >= most || turns.timer) return
    turns.timer = true
    setTimeout(
      () => {
        turns.timer = false
        advance(turns)
      },
      ((1 - turns.tokens) / share.perSecond) * 1000,
    )
  }

  return {
    async run(site, work, admit) {
      const turns = turnsOf(site)
      if (turns.queue.length >= share.waiting) throw new TooManyRequestsError()
      const begun = new Promise<void>((begin) => {
        turns.queue.push(begin)
        advance(turns)
      })
      // A failure keeps its place in the queue until its turn, which it then gives back.
      const admission = admit?.().then(
        () => null,
        (cause: unknown) => ({ cause }),
      )
      await begun
      try {
        const failure = await admission
        if (failure) throw failure.cause
        return await work()
      } finally {
        turns.running -= 1
        advance(turns)
      }
    },
  }
}
