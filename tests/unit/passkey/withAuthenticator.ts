import type { BrowserContext } from '@playwright/test'
import { vi } from 'vitest'
import {
  createAuthenticator,
  type AuthenticatorSettings,
} from '../../../demo/browser/createAuthenticator.mjs'

/** The extension page that the ceremonies of these tests run in. */
export const origin = 'chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh'

/** Puts the software authenticator behind `navigator.credentials` of a make-believe extension page. */
export async function withAuthenticator(settings: AuthenticatorSettings = {}) {
  const authenticator = createAuthenticator(settings)
  const { protocol, host, hostname } = new URL(origin)
  vi.stubGlobal('location', { protocol, host, hostname, origin })
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('PublicKeyCredential', class extends Object {})
  vi.stubGlobal('AuthenticatorAttestationResponse', class extends Object {})
  vi.stubGlobal('AuthenticatorAssertionResponse', class extends Object {})
  vi.stubGlobal('window', globalThis)
  const context = {
    exposeBinding: async (name: string, answer: (source: unknown, request: unknown) => unknown) =>
      void vi.stubGlobal(name, async (request: unknown) => answer({}, request)),
    addInitScript: async (script: (binding: string) => void, binding: string) => script(binding),
  }
  await authenticator.attach(context as unknown as BrowserContext)
  return authenticator
}
