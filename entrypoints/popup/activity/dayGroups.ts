import type { ActivityBlock } from '@/entrypoints/popup/activity/activityFeed.svelte'
import { dayKey, formatDay } from '@/lib/describe/formatDay'
import type { ActivityView } from '@/lib/messaging/views'

/** Entries of one day within a block. */
export type DayGroup = {
  readonly day: string
  readonly title: string
  readonly entries: readonly ActivityView[]
  /** Whether the block before ends with the same day, so that its heading stands there. */
  readonly continues: boolean
  /** Whether the block after goes on with it. */
  readonly goesOn: boolean
}

/** A block by days. */
export type GroupedBlock = { readonly key: number; readonly groups: readonly DayGroup[] }

/**
 * Groups the entries of each block by the day on which they were signed, in local time.
 *
 * @param now - Unix milliseconds.
 * @param timeZone - The computer's by default.
 */
export function dayGroups(
  blocks: readonly ActivityBlock[],
  now: number,
  timeZone?: string,
): readonly GroupedBlock[] {
  const clock = { now: now / 1000, timeZone }
  const dayOf = (entry: ActivityView | undefined) => entry && dayKey(entry.at / 1000, clock)
  return blocks.map(({ key, entries }, place) => {
    const before = dayOf(blocks[place - 1]?.entries.at(-1))
    const after = dayOf(blocks[place + 1]?.entries[0])
    const byDay = new Map<string, ActivityView[]>()
    for (const entry of entries) {
      const day = dayKey(entry.at / 1000, clock)
      const group = byDay.get(day)
      if (group === undefined) byDay.set(day, [entry])
      else group.push(entry)
    }
    const groups = [...byDay].map(([day, ofDay], index) => ({
      day,
      title: formatDay((ofDay[0]?.at ?? now) / 1000, clock),
      entries: ofDay,
      continues: index === 0 && day === before,
      goesOn: index === byDay.size - 1 && day === after,
    }))
    return { key, groups }
  })
}
