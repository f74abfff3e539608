import { fileURLToPath } from 'node:url'
import { defineConfig } from 'wxt'

/**
 * The manifest `key` pins the extension id (`jiefmlebpmhiphjicpibdkohglkcepgb`), and with it the rp.id of every passkey. It is the
 * development key: a store draft's public key replaces it before the first release.
 */
const developmentKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqx43PoLRUzTESfkjpV5CX5Fbf9jEtjx+vqSOSWsJux4VD6De3ut5vcKMaXyV6zatCRSdox/VHMKgh2CY7N5E+/CLxPubzlPBLLPKGzMGNTgLKxKK3vJbYNI1zotT/PpagJdoDxZFp35JILPETji1jWbCpw6TYTR46U/20ouTny4H9t8hAGNXsflF/dPsvH7qDQYM7EK4rJMU7R5T+bMfO4x2ouUAVY79k7nu/xJuyswiT9tGgINfULusNfE3chrgPSxBsu4PI4R6jK1ZpB4y0tavTeS3Zpwgk//4ytVHNLiUYrnP9Fq9ZOP2SLKK5P/R6SmFTOywueMw5db94dGH9QIDAQAB'

/** The popup's page beside the browser's pages; the query tells it where it is. */
const panel = 'popup.html?panel'

export default defineConfig({
  manifestVersion: 3,
  modules: ['@wxt-dev/module-svelte'],
  publicDir: 'lib/ui/public',
  imports: false,
  vite: () => ({
    resolve: {
      alias: {
        'wxt/utils/content-script-context': fileURLToPath(
          new URL('entrypoints/content/noContext.ts', import.meta.url),
        ),
      },
    },
  }),
  manifest: ({ browser }) => ({
    name: 'Latchkey (development)',
    short_name: 'Latchkey',
    description: 'Passkey accounts with session keys for every dapp.',
    incognito: 'not_allowed',
    permissions: [
      'storage',
      'unlimitedStorage',
      'alarms',
      'idle',
      'notifications',
      // For tabs that were open before the wallet, and for "be the default wallet". Host access alone does not allow it.
      'scripting',
      ...(browser === 'firefox' ? [] : ['sidePanel']),
    ],
    host_permissions: ['http://*/*', 'https://*/*'],
    ...(browser === 'firefox'
      ? { browser_specific_settings: { gecko: { id: 'wallet@latchkey.app', strict_min_version: '140.0' } } }
      : { key: developmentKey, minimum_chrome_version: '126' }),
    content_security_policy: {
      extension_pages: "script-src 'self'; object-src 'self'; img-src 'self' data:",
    },
    icons: { 16: 'icon/16.png', 32: 'icon/32.png', 48: 'icon/48.png', 128: 'icon/128.png' },
    action: { default_title: 'Latchkey' },
    ...(browser === 'firefox'
      ? { sidebar_action: { default_panel: panel, default_title: 'Latchkey', open_at_install: false } }
      : { side_panel: { default_path: panel } }),
  }),
  zip: { excludeSources: ['demo/**', 'tests/**', '.ci/**'] },
})
