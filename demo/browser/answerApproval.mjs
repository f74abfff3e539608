import { pressButton } from './pressButton.mjs'

/**
 * Answers an approval window as a user would: checks the heading, clicks a button.
 *
 * @param {import('@playwright/test').Page} page The approval's window.
 * @param {object} answer
 * @param {string} answer.heading What it must ask.
 * @param {string} answer.button Name of the button to click.
 * @throws {Error} It asks something else, or the button never became ready.
 */
export async function answerApproval(page, { heading, button }) {
  await page.bringToFront()
  await page.getByRole('heading', { name: heading, exact: true }).waitFor({ timeout: 15_000 })
  await pressButton(page.getByRole('button', { name: button, exact: true }), { timeout: 20_000 })
}
