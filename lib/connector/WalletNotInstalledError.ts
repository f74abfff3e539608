/** Latchkey did not announce itself to the page within a second. `installUrl` is where to get it. */
export class WalletNotInstalledError extends Error {
  override readonly name = 'WalletNotInstalledError'
  readonly installUrl: string

  constructor() {
    const installUrl = 'https://latchkey.app/install'
    super(
      `Latchkey is not installed in this browser, or switched off for this site. Get it at ${installUrl}.`,
    )
    this.installUrl = installUrl
  }
}
