import type { Browser } from 'wxt/browser'
import type { Caller } from '@/lib/rpc/caller'

/**
 * Who is at the other end of a port, by the browser's word; `null` when the document has no origin of its own.
 *
 * A sub-frame whose top document the browser does not show (another extension's page, a file, a site that the wallet may not run on)
 * gets the opaque top origin `null`: it is nobody's own frame.
 */
export function readSender(
  sender: Browser.runtime.MessageSender | undefined,
): Omit<Caller, 'requestId'> | null {
  const { origin, tab, frameId, documentId } = sender ?? {}
  if (origin === undefined || !/^https?:\/\//.test(origin) || tab?.id === undefined || frameId === undefined)
    return null
  return {
    origin,
    tabId: tab.id,
    frameId,
    ...(documentId !== undefined && { documentId }),
    ...(frameId !== 0 && { topOrigin: topOriginOf(tab.url) }),
  }
}

function topOriginOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : 'null'
}
