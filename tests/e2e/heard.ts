import type { Page } from '@playwright/test'

/** Provider events as the page heard them: name and data, an error as `{code, message}`. */
export type Heard = readonly [string, unknown][]

/**
 * Listens to every event of the provider that `openDapp` found.
 *
 * @returns Reads what was heard so far.
 */
export async function listen(page: Page): Promise<() => Promise<Heard>> {
  await page.evaluate(follow)
  return () => page.evaluate(() => (window as unknown as { heard: Heard }).heard)
}

/** Runs in the page. */
function follow() {
  type Provider = { on(event: string, listener: (data: unknown) => void): void }
  const page = window as unknown as { latchkeyRun: Provider; heard: [string, unknown][] }
  page.heard = []
  for (const event of ['connect', 'disconnect', 'chainChanged', 'accountsChanged', 'message'])
    page.latchkeyRun.on(event, (data) => {
      const isError = data instanceof Error
      const { code, message } = data as { code: number; message: string }
      page.heard.push([event, isError ? { code, message } : data])
    })
}
