import type { Hex } from 'viem'
import { browser } from 'wxt/browser'

/** Something the user should know although no window of the wallet is open. */
export type Notice = {
  /** A second notice with the same id replaces the first. */
  readonly id: string
  readonly title: string
  /** Plain text. Names of sites are their origins, never what they call themselves. */
  readonly message: string
  /** Offers to revoke this session. */
  readonly revokes?: Hex | undefined
}

/** Ids of the wallet's notifications begin with it. */
export const noticePrefix = 'latchkey:'

/**
 * Tells the user by a notification of the operating system. Whether one is shown is up to the system, so nothing may depend on it:
 * what it says stands in the wallet's pages too.
 */
export async function notifyUser({ id, title, message, revokes }: Notice): Promise<void> {
  const iconUrl = browser.runtime.getURL('/icon/128.png')
  await browser.notifications
    .create(`${noticePrefix}${id}`, {
      type: 'basic',
      iconUrl,
      title,
      message,
      // Firefox refuses a notification that has any.
      ...(revokes !== undefined && !import.meta.env.FIREFOX && { buttons: [{ title: 'Revoke' }] }),
    })
    .catch((error: unknown) => console.warn('The notification was not shown.', error))
}
