import { defineContentScript } from 'wxt/utils/define-content-script'
import { defaultEvent, defaultQuestion } from '@/lib/provider/offerEthereum'

/**
 * Registered while the user wants Latchkey to be the default wallet: that it runs is the setting, known to the provider's script at
 * document start without asking anybody, whichever of the two comes first.
 */
export default defineContentScript({
  matches: ['http://*/*', 'https://*/*'],
  registration: 'runtime',
  world: 'MAIN',
  runAt: 'document_start',
  allFrames: true,
  main() {
    window.addEventListener(defaultQuestion, (event) => event.preventDefault())
    window.dispatchEvent(new Event(defaultEvent))
  },
})
