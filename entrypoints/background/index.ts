import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { pagePortName } from '@/lib/messaging/page'
import { mirrorPortName } from '@/lib/messaging/popup'
import { abandonRequest } from '@/lib/rpc/abandonRequest'
import { failedAnswer, handleCommand, isCommand } from '@/lib/rpc/commandRouter'
import { followIdle, idleAlarm, idleStateChanged, lockAway, lockIfDue } from '@/lib/rpc/idleLock'
import { createMirror, isOwnPage } from '@/lib/rpc/mirror'
import { createPagePorts } from '@/lib/rpc/pagePorts'
import { recoverAlarm } from '@/lib/rpc/recoverAlarm'
import { recoverOperations } from '@/lib/rpc/recoverOperations'
import { noticeButtonClicked, noticeClicked } from '@/lib/rpc/noticeClicked'
import { noticeSessions } from '@/lib/rpc/noticeSessions'
import { handleRequest, kindOf } from '@/lib/rpc/router'
import { siteView } from '@/lib/rpc/siteView'
import { startWallet } from '@/lib/rpc/startWallet'
import { wakeTabs } from '@/lib/rpc/wakeTabs'
import { checkAllSessions, checkOpenSites, expiryAlarm, sessionsAlarm } from '@/lib/rpc/watchSessions'
import { enterOpenTabs } from './enterOpenTabs'

// Every listener stands before anything is awaited: the event that woke the worker must find it.
export default defineBackground(() => {
  const mirror = createMirror()
  const pages = createPagePorts({
    handle: async (caller, method, params) => handleRequest(await wallet, caller, method, params),
    kindOf,
    viewOf: async (origin) => siteView(await wallet, origin),
    abandon: (requestId) => void wallet.then((context) => abandonRequest(context, requestId)),
    wake: () => void wakeTabs(),
  })
  const wallet = startWallet({ emit: pages.emit, send: pages.send, publish: mirror.publish })

  browser.runtime.onConnect.addListener((port) => {
    if (port.name === pagePortName) pages.accept(port)
    else if (port.name === mirrorPortName) {
      mirror.accept(port)
      void wallet.then(checkAllSessions)
    }
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
    if (name === idleAlarm) void wallet.then(lockIfDue)
    if (name === sessionsAlarm) void wallet.then(checkOpenSites)
    if (name === expiryAlarm) void wallet.then(noticeSessions)
  })
  browser.notifications.onClicked.addListener((id) => {
    void wallet.then((context) => noticeClicked(context, id))
  })
  // Not there in every browser.
  browser.notifications.onButtonClicked?.addListener((id) => {
    void wallet.then((context) => noticeButtonClicked(context, id))
  })
  // Wakes the worker with the browser: building the wallet takes up what was left open when it closed, or crashed.
  browser.runtime.onStartup.addListener(() => void wallet)
  browser.idle.onStateChanged.addListener((state) => {
    void wallet.then((context) => idleStateChanged(context, state))
  })
  void wallet.then(followIdle)
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'update') void wallet.then(lockAway)
    if (reason !== 'install') return
    void enterOpenTabs()
    void browser.tabs.create({ url: browser.runtime.getURL('/popup.html#/welcome') })
  })
})
