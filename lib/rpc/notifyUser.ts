import { browser } from 'wxt/browser'

/** Something the user should know although no window of the wallet is open. */
export type Notice = {
  /** A second notice with the same id replaces the first. */
  readonly id: string
  readonly title: string
  /** Plain text. Names of sites are their origins, never what they call themselves. */
  readonly message: string
}

/**
 * Tells the user by a notification of the operating system. Whether one is shown is up to the system, so nothing may depend on it:
 * what it says stands in the wallet's pages too.
 */
export async function notifyUser({ id, title, message }: Notice): Promise<void> {
  const iconUrl = browser.runtime.getURL('/icon/128.png')
  await browser.notifications
    .create(`latchkey:${id}`, { type: 'basic', iconUrl, title, message })
    .catch((error: unknown) => console.warn('The notification was not shown.', error))
}
