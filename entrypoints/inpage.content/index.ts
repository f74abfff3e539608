import { defineContentScript } from 'wxt/utils/define-content-script'
import { announce } from '@/lib/provider/announce'
import { createProvider } from '@/lib/provider/createProvider'
import { offerEthereum } from '@/lib/provider/offerEthereum'
import { openRelayChannel } from '@/lib/provider/relayChannel'

export default defineContentScript({
  matches: ['<all_urls>'],
  world: 'MAIN',
  runAt: 'document_start',
  allFrames: true,
  matchAboutBlank: true,
  matchOriginAsFallback: true,
  main() {
    // Same rule as the relay: web pages only, no PDFs, images, feeds or JSON.
    if (document.contentType !== 'text/html' && document.contentType !== 'application/xhtml+xml') return
    const provider = createProvider(openRelayChannel())
    offerEthereum(provider)
    announce(provider)
  },
})
