import { beforeEach, expect, test } from 'vitest'
import { createSignedNotices, noticePause } from '@/lib/rpc/signedNotices'
import { operationRow } from '../operation/operationRow'

const first = `0x${'01'.repeat(32)}` as const
const other = `0x${'02'.repeat(32)}` as const
let now = 0
let told: [string, number][] = []
let timers: { at: number; run: () => void }[] = []
beforeEach(() => {
  now = 1_000_000
  told = []
  timers = []
})

function notices() {
  return createSignedNotices({
    tell: (sessionId, rows) => void told.push([sessionId, rows.length]),
    now: () => now,
    later: (run, ms) => void timers.push({ at: now + ms, run }),
  })
}

function pass(ms: number) {
  now += ms
  const due = timers.filter(({ at }) => at <= now)
  timers = timers.filter(({ at }) => at > now)
  for (const { run } of due) run()
}

test('behavior: the first signature is told at once, those of the next minute together at its end', () => {
  const { signed } = notices()
  for (let count = 0; count < 10; count++) {
    signed(first, operationRow({}))
    pass(1000)
  }
  expect(told).toEqual([[first, 1]])
  pass(noticePause)
  expect(told).toEqual([
    [first, 1],
    [first, 9],
  ])
  pass(noticePause)
  expect(told).toHaveLength(2)
  signed(first, operationRow({}))
  expect(told).toHaveLength(3)
})

test('behavior: each session is told of by itself', () => {
  const { signed } = notices()
  signed(first, operationRow({}))
  signed(other, operationRow({}))
  expect(told).toEqual([
    [first, 1],
    [other, 1],
  ])
})
