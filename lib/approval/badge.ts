import { browser } from 'wxt/browser'

const colour = '#0b4a40'

/** Shows on the toolbar's button how many requests wait for the user. */
export function showCount(count: number): void {
  void setBadge(count).catch((error: unknown) => console.warn('The badge could not be set.', error))
}

async function setBadge(count: number) {
  const waiting = count === 1 ? '1 request waits' : `${count} requests wait`
  await browser.action.setBadgeBackgroundColor({ color: colour })
  await browser.action.setBadgeText({ text: count === 0 ? '' : String(count) })
  await browser.action.setTitle({ title: count === 0 ? 'Latchkey' : `Latchkey: ${waiting}` })
}
