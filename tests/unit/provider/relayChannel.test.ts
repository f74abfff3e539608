import { afterEach, expect, test, vi } from 'vitest'
import * as content from '@/entrypoints/content/pageChannel'
import * as page from '@/lib/provider/relayChannel'

afterEach(() => vi.unstubAllGlobals())

test('misc: both ends use the same names', () => {
  expect(content.portEvent).toBe(page.portEvent)
  expect(content.readyEvent).toBe(page.readyEvent)
})

test('behavior: a later port is not taken', () => {
  const target = new EventTarget()
  vi.stubGlobal('window', target)
  const take = vi.fn()
  content.acceptPageChannel(take)
  const offer = () => {
    const event = new Event(page.portEvent, { cancelable: true })
    Object.defineProperty(event, 'ports', { value: [new MessageChannel().port2] })
    return !target.dispatchEvent(event)
  }
  expect(offer()).toBe(true)
  expect(offer()).toBe(false)
  expect(take).toHaveBeenCalledOnce()
})
