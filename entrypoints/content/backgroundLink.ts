import type { BackgroundToPage, PageToBackground, RpcError } from '@/lib/messaging/page'

/** What the link uses of a runtime port. */
export type LinkPort = {
  readonly onMessage: { addListener(listener: (message: unknown) => void): void }
  readonly onDisconnect: { addListener(listener: () => void): void }
  postMessage(message: unknown): void
  disconnect(): void
}

/** What a link needs, and whom it tells. */
export type LinkOptions = {
  /** Opens a port to the background. Throws when the extension is gone. */
  connect(): LinkPort
  /** Whether this script still belongs to a running extension. */
  isAlive(): boolean
  /** The background said hello. */
  onUp(hello: Extract<BackgroundToPage, { type: 'hello' }>): void
  onMessage(message: BackgroundToPage): void
  /** The port of a running link went away: the worker was stopped. */
  onLost(): void
  /** The background cannot be reached; `open` tries again, except after an update of the extension. */
  onDown(error: RpcError): void
}

/** A connection to the background that a page's documents hold. */
export type BackgroundLink = {
  /** Connects, if not connected or connecting. */
  open(): void
  isUp(): boolean
  /** @returns Whether the port took it; if not, the link is lost. */
  send(message: PageToBackground): boolean
  /** Lets go of a port that may be dead without having said so. */
  drop(): void
}

/** How long the background may take to say hello, in ms: it may have another site's flood before it, on a computer that is busy. */
export const helloPatience = 2500
const attempts = 2
/** How long after a port is gone it is seen whether the extension is gone, in ms. */
const goodbye = 200

const gone: RpcError = {
  code: 4900,
  message: 'Latchkey was updated or removed. Reload this page to use it again.',
}
const silent: RpcError = {
  code: 4900,
  message:
    'Latchkey does not answer. Try again; if that does not help, turn the extension off and on, and reload this page.',
}

/** Creates a {@link BackgroundLink}: a port with a hand-shake, tried twice. */
export function createBackgroundLink(options: LinkOptions): BackgroundLink {
  let port: LinkPort | null = null
  let up = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function connect(attempt: number) {
    if (!options.isAlive()) return options.onDown(gone)
    let opened: LinkPort
    try {
      opened = options.connect()
    } catch (error) {
      // The one thing that `connect` throws for: "Extension context invalidated".
      console.warn(`Latchkey: ${String(error)}`)
      return options.onDown(gone)
    }
    port = opened
    timer = setTimeout(() => retry(attempt), helloPatience)
    opened.onMessage.addListener((raw) => {
      if (port !== opened) return
      const message = raw as BackgroundToPage
      if (message.type !== 'hello') return options.onMessage(message)
      clearTimeout(timer)
      up = true
      options.onUp(message)
    })
    opened.onDisconnect.addListener(() => {
      if (port !== opened) return
      // Before the hello, the timer tries again: a worker that fails at start must not be asked in a tight loop.
      if (!up && options.isAlive()) return
      lose()
    })
  }

  function lose() {
    drop()
    if (!options.isAlive()) return options.onDown(gone)
    options.onLost()
    // A port goes before the extension's id does.
    setTimeout(() => {
      if (!options.isAlive()) options.onDown(gone)
    }, goodbye)
  }

  function send(message: PageToBackground): boolean {
    if (port === null) return false
    try {
      port.postMessage(message)
      return true
    } catch (error) {
      // A port whose end was not told: after the back/forward cache or an update of the extension.
      console.warn(`Latchkey: ${String(error)}`)
      lose()
      return false
    }
  }

  function retry(attempt: number) {
    drop()
    if (attempt < attempts) connect(attempt + 1)
    else options.onDown(options.isAlive() ? silent : gone)
  }

  function drop() {
    clearTimeout(timer)
    const dropped = port
    port = null
    up = false
    if (options.isAlive()) dropped?.disconnect()
  }

  return {
    open() {
      if (port === null) connect(1)
    },
    isUp: () => up,
    send,
    drop,
  }
}
