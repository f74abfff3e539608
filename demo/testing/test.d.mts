import type {
  BrowserContext,
  Page,
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestType,
} from '@playwright/test'
import type { Authenticator } from '../browser/createAuthenticator.mjs'
import type { Stack, StackRecord } from '../stack/startStack.mjs'

export { expect } from '@playwright/test'

/** The wallet in a test's browser, with an account on the stack's chain. */
export interface TestWallet {
  /** The browser; `page` is one of its tabs. */
  readonly context: BrowserContext
  readonly address: `0x${string}`
  /** How often the user touched the passkey since the account was made. */
  readonly taps: number
  /** Answers the next question with yes; `heading` is what it must ask: "Connect", "Approve session", "Approve transaction", … */
  approve(options?: { heading?: string }): Promise<void>
  /** Answers the next question with no: the page gets 4001. */
  reject(options?: { heading?: string }): Promise<void>
  /** The window of the next question, for a test that looks at it. Waits for it. */
  prompt(): Promise<Page>
  /** Sets the account's balance. @param wei In wei. */
  fund(wei: bigint): Promise<unknown>
  /** The software passkey: `settings.refuse = 'cancel'` makes the user cancel. */
  readonly authenticator: Authenticator
}

/** The chain (id 31337), bundler and sponsor that the wallet works on, with their URLs. */
export interface TestStack extends StackRecord, Pick<Stack, 'pauseSponsor' | 'resumeSponsor'> {}

/**
 * Playwright's `test` with the wallet: `page` is a tab of a browser that has it, `wallet` answers its questions, `stack` is the local
 * chain with bundler and sponsor. One stack a worker, one browser a test.
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & { wallet: TestWallet },
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & { stack: TestStack }
>
