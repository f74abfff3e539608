import { randomUUID } from 'node:crypto'

const closesWithinMs = 2_000

/**
 * Clicks a button whose window may close by it, as the wallet's does once its last question is answered. A browser under load closes
 * the window before it has told that the click is over: that is no failure. A window that closes before the click is one.
 *
 * @param {import('@playwright/test').Locator} button
 * @param {{ timeout?: number }} [options] How long it may take to become ready, in ms.
 * @throws {Error} The button never became ready, or its window was closed without a click on it.
 */
export async function pressButton(button, options = {}) {
  const page = button.page()
  const mark = `pressed ${randomUUID()}`
  let pressed = false
  const hear = (message) => {
    if (message.text() === mark) pressed = true
  }
  page.on('console', hear)
  try {
    await button.click({ ...options, trial: true })
    await button.evaluate(tellOfClick, mark, options)
    await button.click(options)
  } catch (error) {
    if (!pressed || !(await closes(page))) throw error
  } finally {
    page.off('console', hear)
  }
}

/** Runs in the page. */
function tellOfClick(element, mark) {
  element.addEventListener('click', () => console.debug(mark), { capture: true, once: true })
}

/** @param {import('@playwright/test').Page} page */
async function closes(page) {
  if (page.isClosed()) return true
  return page.waitForEvent('close', { timeout: closesWithinMs }).then(
    () => true,
    () => page.isClosed(),
  )
}
