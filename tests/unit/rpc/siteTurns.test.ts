import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { siteOf } from '@/lib/rpc/caller'
import { createSiteTurns, type SiteTurns } from '@/lib/rpc/siteTurns'
import { callerOf } from './testRpc'

const share = { atOnce: 2, besideOthers: 2, burst: 4, perSecond: 10, waiting: 5 }
let turns: SiteTurns
let begun: string[]
let ends: (() => void)[]

beforeEach(() => {
  vi.useFakeTimers()
  turns = createSiteTurns(share)
  begun = []
  ends = []
})
afterEach(() => vi.useRealTimers())

/** Asks for a turn whose work goes on until it is ended. */
const ask = (site: string) =>
  turns.run(site, () => {
    begun.push(site)
    return new Promise<void>((end) => ends.push(end))
  })
const settle = () => vi.advanceTimersByTimeAsync(0)

test('behavior: so many at once, the others in order as one ends', async () => {
  const all = [ask('a'), ask('a'), ask('a')]
  await settle()
  expect(begun).toHaveLength(2)
  ends[0]?.()
  await settle()
  expect(begun).toHaveLength(3)
  for (const end of ends) end()
  await Promise.all(all)
})

test('behavior: one site’s queue holds up no other', async () => {
  for (let index = 0; index < 7; index++) void ask('a').catch(() => undefined)
  await settle()
  void ask('b')
  await settle()
  expect(begun).toEqual(['a', 'a', 'b'])
})

test('behavior: a site leaves room while another asks, and has it again a second after', async () => {
  turns = createSiteTurns({ atOnce: 4, besideOthers: 2, burst: 20, perSecond: 10, waiting: 10 })
  for (let index = 0; index < 10; index++) void ask('a')
  await settle()
  expect(begun).toHaveLength(4)
  await turns.run('b', async () => undefined)
  for (let ended = 1; ended <= 3; ended++) {
    ends[ended - 1]?.()
    await settle()
    // Two of four end without a successor; the third one's place is taken again.
    expect(begun).toHaveLength(ended < 3 ? 4 : 5)
  }
  await vi.advanceTimersByTimeAsync(1000)
  ends[3]?.()
  await settle()
  expect(begun).toHaveLength(8)
})

test('behavior: after the burst the rate holds, by time and not by answers', async () => {
  const quick = () => turns.run('a', async () => void begun.push('a'))
  const all = Array.from({ length: 4 + 3 }, quick)
  await settle()
  expect(begun).toHaveLength(4)
  await vi.advanceTimersByTimeAsync(100)
  expect(begun).toHaveLength(5)
  await vi.advanceTimersByTimeAsync(200)
  expect(begun).toHaveLength(7)
  await Promise.all(all)
})

test('error: more than may wait are refused with -32005, and those that wait are served', async () => {
  const all = Array.from({ length: 2 + 5 }, () => ask('a'))
  await settle()
  await expect(ask('a')).rejects.toMatchObject({ code: -32005 })
  const done = Promise.all(all)
  for (let round = 0; round < 20; round++) {
    for (const end of ends) end()
    await vi.advanceTimersByTimeAsync(100)
  }
  await done
  expect(begun).toHaveLength(7)
})

test('error: work that fails gives its place free', async () => {
  const fail = () => turns.run('a', () => Promise.reject(new Error('no')))
  await expect(fail()).rejects.toThrow('no')
  await expect(fail()).rejects.toThrow('no')
  void ask('a')
  void ask('a')
  await settle()
  expect(begun).toHaveLength(2)
})

test('behavior: a frame counts to the site that the tab shows; one whose top is not known to its tab', () => {
  const site = 'https://orchard.example'
  expect(siteOf(callerOf({ origin: site }))).toBe(site)
  expect(siteOf(callerOf({ origin: 'https://a.example', topOrigin: site }))).toBe(site)
  expect(siteOf(callerOf({ topOrigin: 'null', tabId: 7 }))).toBe('null 7')
})

test('behavior: what is admitted is told at once, also while it waits; a refused admission gives its turn back', async () => {
  const turns = createSiteTurns({ atOnce: 1, besideOthers: 1, burst: 10, perSecond: 10, waiting: 10 })
  const told: string[] = []
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  const first = turns.run('a', () => held)
  const second = turns.run(
    'a',
    async () => told.push('work'),
    async () => void told.push('admitted'),
  )
  const third = turns.run(
    'a',
    async () => told.push('never'),
    () => Promise.reject(new RangeError('full')),
  )
  await Promise.resolve()
  expect(told).toEqual(['admitted'])
  release()
  await first
  await second
  await expect(third).rejects.toThrow('full')
  expect(await turns.run('a', async () => 'next')).toBe('next')
  expect(told).toEqual(['admitted', 'work'])
})
