import { expect, test } from 'vitest'
import { ActivityFeed } from '@/entrypoints/popup/activity/activityFeed.svelte'
import { BackgroundUnreachableError } from '@/entrypoints/popup/command'
import { dayGroups } from '@/entrypoints/popup/activity/dayGroups'
import type { ActivityFilter, ActivityPage, ActivityQuery } from '@/lib/messaging/activityQuery'
import type { ActivityView } from '@/lib/messaging/views'

const entry = (number: number, at = number): ActivityView => ({
  id: `entry ${String(number).padStart(5, '0')}`,
  at,
  origin: null,
  account: '0x00000000000000000000000000000000000000aa',
  chainId: 1,
  signedBy: number % 100 === 0 ? 'session' : 'passkey',
  purpose: 'calls',
  calls: [],
  status: 'final',
})

/** A background with `count` entries that looks at 40 of them a call. */
function background(count: number) {
  const entries = Array.from({ length: count }, (_, number) => entry(number))
  const asked: ActivityQuery[] = []
  const state = { fails: false }
  const read = async (query: ActivityQuery): Promise<ActivityPage> => {
    asked.push(query)
    const { before, filter } = query
    const newestFirst = [...entries].reverse()
    await new Promise((resolve) => setTimeout(resolve, 1))
    if (state.fails) throw new BackgroundUnreachableError()
    const older = before === undefined ? newestFirst : newestFirst.filter(({ id }) => id < before.id)
    const looked = older.slice(0, 40)
    const found = looked.filter(({ signedBy }) => (filter.signedBy ?? signedBy) === signedBy)
    return { entries: found, next: looked.length < older.length ? (looked.at(-1) ?? null) : null }
  }
  return { entries, asked, state, read }
}

const ids = (feed: ActivityFeed) => feed.blocks.flatMap(({ entries }) => entries.map(({ id }) => id))
const expected = (entries: ActivityView[]) => entries.map(({ id }) => id).reverse()

test('behavior: page by page to the end, newest first', async () => {
  const { read, entries } = background(95)
  const feed = new ActivityFeed(read)
  await feed.start({})
  expect(feed.phase).toBe('more')
  expect(ids(feed)).toHaveLength(40)
  await feed.more()
  await feed.more()
  expect(feed.phase).toBe('end')
  expect(ids(feed)).toEqual(expected(entries))
  await feed.more()
  expect(ids(feed)).toHaveLength(95)
})

test('behavior: a search goes on by itself until something is found, or all was looked at', async () => {
  const { read, asked } = background(450)
  const feed = new ActivityFeed(read)
  await feed.start({ signedBy: 'session' })
  expect(feed.phase).toBe('end')
  expect(ids(feed)).toEqual(['entry 00400', 'entry 00300', 'entry 00200', 'entry 00100', 'entry 00000'])
  expect(asked).toHaveLength(12)
})

test('behavior: another search takes the place of the one under way', async () => {
  const { read } = background(450)
  const feed = new ActivityFeed(read)
  const filters: ActivityFilter[] = [{ signedBy: 'session' }, {}]
  await Promise.all(filters.map((filter) => feed.start(filter)))
  expect(ids(feed)).toHaveLength(40)
  expect(feed.phase).toBe('more')
})

test('behavior: new entries come on top, once, and the blocks below stay', async () => {
  const { read, entries } = background(60)
  const feed = new ActivityFeed(read)
  await feed.start({})
  const [{ key } = { key: -1 }] = feed.blocks
  entries.push(entry(60), entry(61))
  await Promise.all([feed.refresh(), feed.refresh()])
  expect(ids(feed).slice(0, 3)).toEqual(['entry 00061', 'entry 00060', 'entry 00059'])
  expect(new Set(ids(feed)).size).toBe(ids(feed).length)
  expect(feed.blocks.at(-1)?.key).toBe(key)
  for (let number = 62; number < 75; number++) {
    entries.push(entry(number))
    await feed.refresh()
  }
  while (feed.phase === 'more') await feed.more()
  expect(ids(feed)).toEqual(expected(entries))
  expect(Math.max(...feed.blocks.map((block) => block.entries.length))).toBeLessThanOrEqual(50)
})

test('behavior: more new entries than a page holds leave no gap', async () => {
  const { read, entries } = background(10)
  const feed = new ActivityFeed(read)
  await feed.start({})
  for (let number = 10; number < 100; number++) entries.push(entry(number))
  await feed.refresh()
  while (feed.phase === 'more') await feed.more()
  expect(ids(feed)).toEqual(expected(entries))
})

test('behavior: the first entry of an empty list, and one that came while the list was read', async () => {
  const { read, entries } = background(0)
  const feed = new ActivityFeed(read)
  await feed.start({})
  expect(feed.phase).toBe('end')
  entries.push(entry(1))
  await feed.refresh()
  expect(ids(feed)).toEqual(['entry 00001'])
  const other = new ActivityFeed(read)
  const starting = other.start({})
  entries.push(entry(2))
  await other.refresh()
  await starting
  expect(ids(other)).toEqual(['entry 00002', 'entry 00001'])
})

test('error: a background that is silent is told of, and asked again', async () => {
  const { read, state, entries } = background(60)
  const feed = new ActivityFeed(read)
  await feed.start({})
  state.fails = true
  await feed.more()
  expect(feed).toMatchObject({ phase: 'failed', failure: expect.stringContaining('does not answer') })
  expect(ids(feed)).toHaveLength(40)
  state.fails = false
  await feed.more()
  expect(feed).toMatchObject({ phase: 'end', failure: null })
  expect(ids(feed)).toEqual(expected(entries))
  state.fails = true
  entries.push(entry(60))
  await feed.refresh()
  expect(feed.phase).toBe('failed')
  state.fails = false
  await feed.more()
  while (feed.phase === 'more') await feed.more()
  expect(ids(feed)).toEqual(expected(entries))
})

test('behavior: days are told apart in local time, and one that goes on in the next block has one heading', () => {
  const at = (text: string) => Date.parse(text)
  const now = at('2025-05-03T12:00:00Z')
  const blocks = [
    {
      key: 7,
      entries: [entry(4, at('2025-05-03T01:00:00Z')), entry(3, at('2025-05-02T21:00:00Z'))],
    },
    { key: 8, entries: [entry(2, at('2025-05-02T20:00:00Z')), entry(1, at('2024-12-31T08:00:00Z'))] },
  ]
  const utc = dayGroups(blocks, now, 'UTC')
  expect(
    utc.map(({ groups }) => groups.map(({ day, continues, goesOn }) => [day, continues, goesOn])),
  ).toEqual([
    [
      ['2025-05-03', false, false],
      ['2025-05-02', false, true],
    ],
    [
      ['2025-05-02', true, false],
      ['2024-12-31', false, false],
    ],
  ])
  expect(utc[0]?.groups.map(({ title }) => title)).toEqual(['Today', 'Yesterday'])
  expect(utc[1]?.groups[1]?.title).toContain('2024')
  const east = dayGroups(blocks, now, 'Asia/Tokyo')
  expect(east[0]?.groups.map(({ day }) => day)).toEqual(['2025-05-03'])
})
