import { defineContentScript } from 'wxt/utils/define-content-script'
import { announce } from '@/lib/provider/announce'
import { createProvider } from '@/lib/provider/createProvider'
import { isWebPage } from '@/lib/provider/isWebPage'
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
    if (!isWebPage(document)) return
    const provider = createProvider(openRelayChannel())
    offerEthereum(provider)
    announce(provider)
  },
})
