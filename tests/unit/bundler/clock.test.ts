import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ClockUnknownError, createClock } from '@/lib/bundler/clock'
import { localNetwork } from '@/lib/chains/localNetwork'
import { fakeServer, type FakeServer } from './fakeServer'

let server: FakeServer
let timestamp = 0
let pending: number | null = null
let number = 1
const start = 1_800_000_000

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: start * 1000 })
  ;[timestamp, pending, number] = [start, null, 1]
  const block = (at: number) => ({ number: `0x${number.toString(16)}`, timestamp: `0x${at.toString(16)}` })
  server = await fakeServer({
    eth_getBlockByNumber: ([tag]) =>
      tag === 'latest' ? block(timestamp) : pending === null ? null : block(pending),
  })
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})
const network = () => ({ ...localNetwork, rpcUrl: server.url })

test('error: no time before the first block', () => {
  expect(() => createClock().now(31_337)).toThrow(ClockUnknownError)
})

test('behavior: the largest of the recent sightings counts', async () => {
  const clock = createClock()
  timestamp = start - 900
  await clock.refresh(network())
  expect(clock.now(31_337)).toBe(start - 900)
  timestamp = start - 890
  number = 2
  await clock.refresh(network())
  timestamp = start - 899
  number = 3
  await clock.refresh(network())
  expect(clock.now(31_337)).toBe(start - 890)
  expect(clock.skew(31_337)).toBe(-890)
  expect(clock.head(31_337)).toMatchObject({ number: 3n, timestamp: start - 899 })
})

test('behavior: an idle chain is not late, by its pending block', async () => {
  const clock = createClock()
  timestamp = start - 7200
  pending = start + 3
  await clock.refresh(network())
  expect(clock.now(31_337)).toBe(start + 3)
})

test('behavior: follows a jump of the chain at the next refresh', async () => {
  const clock = createClock()
  await clock.refresh(network())
  timestamp = start + 36_000
  await clock.refresh(network(), 60_000)
  expect(clock.now(31_337)).toBe(start)
  await clock.refresh(network())
  expect(clock.now(31_337)).toBe(start + 36_000)
})

test('behavior: sightings are forgotten after ten minutes', async () => {
  const clock = createClock()
  timestamp = start + 50
  await clock.refresh(network())
  vi.setSystemTime((start + 601) * 1000)
  timestamp = start + 602
  number = 2
  await clock.refresh(network())
  expect(clock.skew(31_337)).toBe(1)
})

test('behavior: this computer’s clock is set back or forward: chain time goes on, with the next look', async () => {
  const clock = createClock()
  await clock.refresh(network(), 60_000)
  for (const hours of [-1, 1, -2]) {
    vi.setSystemTime((start + hours * 3600) * 1000)
    // The block is looked at again, however young the last look seems.
    timestamp += 10
    number++
    await clock.refresh(network(), 60_000)
    expect(clock.now(31_337)).toBe(timestamp)
  }
})
