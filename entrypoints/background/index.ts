import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { pagePortName } from '@/lib/messaging/page'
import { mirrorPortName } from '@/lib/messaging/popup'
import { abandonRequest } from '@/lib/rpc/abandonRequest'
import { failedAnswer, handleCommand, isCommand } from '@/lib/rpc/commandRouter'
import { idleLock } from '@/lib/rpc/idleLock'
import { createMirror, isOwnPage } from '@/lib/rpc/mirror'
import { createPagePorts } from '@/lib/rpc/pagePorts'
import { recoverAlarm } from '@/lib/rpc/recoverAlarm'
import { recoverOperations } from '@/lib/rpc/recoverOperations'
import { handleRequest, kindOf } from '@/lib/rpc/router'
import { siteView } from '@/lib/rpc/siteView'
import { takeSnapshot } from '@/lib/rpc/snapshot'
import { startWallet } from '@/lib/rpc/startWallet'
import { wakeTabs } from '@/lib/rpc/wakeTabs'
import { enterOpenTabs } from './enterOpenTabs'

/** No input for this long locks the wallet: 8 hours, in seconds. */
const idleSeconds = 8 * 60 * 60

// Every listener stands before anything is awaited: the event that woke the worker must find it.
export default defineBackground(() => {
  const mirror = createMirror(async () => takeSnapshot(await wallet))
  const pages = createPagePorts({
    handle: async (caller, method, params) => handleRequest(await wallet, caller, method, params),
    kindOf,
    viewOf: async (origin) => siteView(await wallet, origin),
    abandon: (requestId) => void wallet.then((context) => abandonRequest(context, requestId)),
    wake: () => void wakeTabs(),
  })
  const wallet = startWallet({ emit: pages.emit, publish: mirror.publish })

  browser.runtime.onConnect.addListener((port) => {
    if (port.name === pagePortName) pages.accept(port)
    else if (port.name === mirrorPortName) mirror.accept(port)
  })
  browser.runtime.onMessage.addListener((message: unknown, sender, respond) => {
    if (!isCommand(message) || !isOwnPage(sender)) return false
    void wallet
      .then((context) => handleCommand(context, message))
      .catch(failedAnswer)
      .then(respond)
    return true
  })
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === recoverAlarm) void wallet.then(recoverOperations)
  })
  // Wakes the worker with the browser: building the wallet takes up what was left open when it closed, or crashed.
  browser.runtime.onStartup.addListener(() => void wallet)
  browser.idle.setDetectionInterval(idleSeconds)
  browser.idle.onStateChanged.addListener((state) => {
    if (state === 'idle') void wallet.then(idleLock)
  })
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason !== 'install') return
    void enterOpenTabs()
    void browser.tabs.create({ url: browser.runtime.getURL('/popup.html#/welcome') })
  })
})
