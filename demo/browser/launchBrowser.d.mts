import type { BrowserContext } from '@playwright/test'
import type { Authenticator } from './createAuthenticator.mjs'

export interface LaunchOptions {
  /** Default true. */
  headless?: boolean
  /** Profile to use, to open the same one again; a temporary one by default. */
  userDataDir?: string
  /** Answers passkey ceremonies on the extension's pages; without it the machine's own does. */
  authenticator?: Authenticator
  /** Folder of the unpacked extension; `.output/chrome-mv3` by default. */
  extension?: string
  /** Further Chromium flags. */
  args?: string[]
  /** What `page.goto('/')` is relative to. */
  baseURL?: string | undefined
}

export interface LaunchedBrowser {
  context: BrowserContext
  extensionId: string
  /** `chrome-extension://…/popup.html` */
  popupUrl: string
}

/**
 * Opens Chromium with the extension loaded.
 *
 * @throws No usable browser, no built extension, or the extension's worker did not start.
 */
export function launchBrowser(options?: LaunchOptions): Promise<LaunchedBrowser>
