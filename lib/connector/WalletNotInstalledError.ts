/** The browser has no Latchkey. `installUrl` is where to get it. */
export class WalletNotInstalledError extends Error {
  override readonly name = 'WalletNotInstalledError'
  readonly installUrl: string

  constructor() {
    const installUrl = 'https://latchkey.app/install'
    super(`Latchkey is not installed in this browser. Get it at ${installUrl}.`)
    this.installUrl = installUrl
  }
}
