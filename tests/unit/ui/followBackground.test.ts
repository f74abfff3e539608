import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followBackground, type MirrorState } from '@/entrypoints/popup/followBackground'
import { toWire } from '@/lib/messaging/wire'
import { empty } from '@/tests/gallery/snapshot'

type Listener = (value: unknown) => void
const { connect, ports } = vi.hoisted(() => {
  const made: { message: Listener; disconnected: Listener; disconnect: () => void }[] = []
  return {
    ports: made,
    connect: vi.fn(() => {
      const port = { message: (_: unknown) => {}, disconnected: (_: unknown) => {}, disconnect: vi.fn() }
      made.push(port)
      return {
        onMessage: { addListener: (listener: Listener) => (port.message = listener) },
        onDisconnect: { addListener: (listener: Listener) => (port.disconnected = listener) },
        disconnect: port.disconnect,
      }
    }),
  }
})
vi.mock('wxt/browser', () => ({ browser: { runtime: { connect } } }))

let seen: MirrorState[] = []
let stop = () => {}
beforeEach(() => {
  vi.useFakeTimers()
  ports.length = 0
  connect.mockClear()
  seen = []
  stop = followBackground((state) => seen.push(state))
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

const feed = (port: number) => {
  ports[port]?.message(toWire({ type: 'snapshot', snapshot: empty }))
}

test('behavior: tells the snapshot', () => {
  expect(seen).toEqual([])
  feed(0)
  expect(seen.at(-1)).toEqual({ phase: 'ready', snapshot: empty })
})

test('behavior: says so when nobody answers', () => {
  vi.advanceTimersByTime(4_000)
  expect(seen.at(-1)).toEqual({ phase: 'silent' })
  feed(0)
  expect(seen.at(-1)?.phase).toBe('ready')
})

test('behavior: connects again when the worker restarts, and keeps the last snapshot meanwhile', () => {
  feed(0)
  ports[0]?.disconnected(undefined)
  expect(seen.at(-1)?.phase).toBe('ready')
  vi.advanceTimersByTime(100)
  expect(connect).toHaveBeenCalledTimes(2)
})

test('behavior: waits longer after each failure, at most two seconds', () => {
  for (const pause of [100, 200, 400, 800, 1_600, 2_000, 2_000]) {
    const made = connect.mock.calls.length
    ports.at(-1)?.disconnected(undefined)
    vi.advanceTimersByTime(pause - 1)
    expect(connect).toHaveBeenCalledTimes(made)
    vi.advanceTimersByTime(1)
    expect(connect).toHaveBeenCalledTimes(made + 1)
  }
})

test('behavior: closes the port at its end', () => {
  stop()
  expect(ports[0]?.disconnect).toHaveBeenCalled()
})
