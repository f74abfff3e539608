import { messageOf } from '@/entrypoints/popup/messageOf'
import type {
  ActivityFilter,
  ActivityPage,
  ActivityPlace,
  ActivityQuery,
} from '@/lib/messaging/activityQuery'
import type { ActivityView } from '@/lib/messaging/views'

/** Some entries that were read together and are shown or left out together. Its key stays when it grows. */
export type ActivityBlock = { readonly key: number; readonly entries: readonly ActivityView[] }

/** Where the list stands: it is being read, there is more, this was all, or the last try gave nothing. */
type Phase = 'reading' | 'more' | 'end' | 'failed'

/** Entries after which reading stops until the reader scrolls on. */
const enough = 25
/** A block at the top that new entries are added to grows to this. */
const mostInBlock = 50

/** The activity as far as it was read: older entries follow on demand, newer ones are put on top. */
export class ActivityFeed {
  blocks = $state.raw<readonly ActivityBlock[]>([])
  phase = $state<Phase>('reading')
  /** Why the last try gave nothing, for the owner. */
  failure = $state<string | null>(null)
  /** How far back a search has come, in Unix milliseconds; `null` when it just began. */
  reachedAt = $state<number | null>(null)
  #read: (query: ActivityQuery) => Promise<ActivityPage>
  #filter: ActivityFilter = {}
  #next: ActivityPlace | undefined
  #run = 0
  /** New entries were told of before the first page was there, or could not be read. */
  #isBehind = false
  #keys = 0

  constructor(read: (query: ActivityQuery) => Promise<ActivityPage>) {
    this.#read = read
  }

  /** Begins anew with another filter. What was shown stays until the first answer is there. */
  async start(filter: ActivityFilter): Promise<void> {
    this.#run += 1
    this.#filter = filter
    this.#next = undefined
    this.reachedAt = null
    this.#isBehind = false
    await this.#readOn(true)
    if (this.#isBehind && this.phase !== 'failed') await this.refresh()
  }

  /** Reads on, until there is something more to show or nothing left. */
  async more(): Promise<void> {
    if (this.phase === 'failed' && (this.#isBehind || this.#next === undefined))
      await this.start(this.#filter)
    else if (this.phase === 'more' || this.phase === 'failed') await this.#readOn(false)
  }

  /** Puts on top what was signed since. */
  async refresh(): Promise<void> {
    this.#isBehind = true
    if (this.blocks.length === 0 && this.phase !== 'end') return
    const run = this.#run
    try {
      const { entries, next } = await this.#read({ filter: this.#filter })
      const [newest] = this.blocks[0]?.entries ?? []
      if (run !== this.#run) return
      this.#isBehind = false
      const isNewer = ({ at, id }: ActivityPlace) =>
        newest === undefined || at > newest.at || (at === newest.at && id > newest.id)
      // More came than one page holds: what lies between would be missing.
      if (newest !== undefined && next !== null && isNewer(next)) await this.start(this.#filter)
      else this.#putOnTop(entries.filter(isNewer))
    } catch (error) {
      if (run === this.#run) this.#fail(error)
    }
  }

  async #readOn(anew: boolean): Promise<void> {
    const run = this.#run
    this.phase = 'reading'
    this.failure = null
    let gained = 0
    try {
      for (let first = anew; ; first = false) {
        const { entries, next } = await this.#read({ filter: this.#filter, before: this.#next })
        if (run !== this.#run) return
        const block = entries.length === 0 ? [] : [{ key: this.#keys++, entries }]
        if (first || block.length > 0) this.blocks = [...(first ? [] : this.blocks), ...block]
        gained += entries.length
        this.#next = next ?? undefined
        this.reachedAt = next?.at ?? null
        if (next === null || gained >= enough) {
          this.phase = next === null ? 'end' : 'more'
          return
        }
      }
    } catch (error) {
      if (run !== this.#run) return
      if (anew) this.blocks = []
      this.#fail(error)
    }
  }

  #fail(error: unknown) {
    this.failure = messageOf(error)
    this.phase = 'failed'
  }

  #putOnTop(entries: readonly ActivityView[]) {
    if (entries.length === 0) return
    const [head, ...rest] = this.blocks
    const grows = head !== undefined && head.entries.length + entries.length <= mostInBlock
    this.blocks = grows
      ? [{ key: head.key, entries: [...entries, ...head.entries] }, ...rest]
      : [{ key: this.#keys++, entries }, ...this.blocks]
  }
}
