import { afterEach, expect, test, vi } from 'vitest'
import * as content from '@/entrypoints/content/pageChannel'
import * as page from '@/lib/provider/relayChannel'

afterEach(() => vi.unstubAllGlobals())

test('misc: both ends use the same names', () => {
  expect(content.portEvent).toBe(page.portEvent)
  expect(content.readyEvent).toBe(page.readyEvent)
})

test('behavior: the first port is taken, no later one, and its relay begins with the first message', async () => {
  const target = new EventTarget()
  vi.stubGlobal('window', target)
  const heard: unknown[] = []
  const take = vi.fn((channel: content.PageChannel) => channel.onMessage((message) => heard.push(message)))
  content.acceptPageChannel(take)
  const offer = ({ port2 }: MessageChannel) => {
    const event = new Event(page.portEvent, { cancelable: true })
    Object.defineProperty(event, 'ports', { value: [port2] })
    return !target.dispatchEvent(event)
  }
  const [first, later] = [new MessageChannel(), new MessageChannel()]
  expect(offer(first)).toBe(true)
  expect(offer(later)).toBe(false)
  expect(take).not.toHaveBeenCalled()
  later.port1.postMessage({ id: 1 })
  for (const message of ['text', { id: 2 }, { id: 3 }]) first.port1.postMessage(message)
  await vi.waitFor(() => expect(heard).toEqual([{ id: 2 }, { id: 3 }]))
  expect(take).toHaveBeenCalledOnce()
  for (const { port1 } of [first, later]) port1.close()
})
