import type { KeyObject } from 'node:crypto'
import type { BrowserContext } from '@playwright/test'

export interface AuthenticatorSettings {
  /** Offers PRF. Default true. */
  prf?: boolean
  /** Writes hmac-secret's output into the authenticator data, as security keys do when PRF is asked for. Default false. */
  extensionData?: boolean
  /** Adds the extra trailing member that Chromium adds to clientDataJSON now and then. Default false. */
  extraClientData?: boolean
  /** BE flag. Default true. */
  backupEligible?: boolean
  /** BS flag. Default true. */
  backedUp?: boolean
  /** Counts each passkey's assertions; `false` always tells 0, as synced passkeys do. Default true. */
  countSignatures?: boolean
  /** Which of several devices answers: it has only the passkeys that were made on it. Default 0. */
  device?: number
  /** Makes each ceremony end with NotAllowedError. Default undefined. */
  refuse?: 'cancel' | 'no-credential' | undefined
}

export interface SoftwareCredential {
  /** base64url */
  readonly id: string
  /** What the rpIdHash is taken over. */
  readonly scope: string
  readonly device: number
  /** base64url */
  readonly userHandle: string
  /** base64url */
  readonly x: string
  /** base64url */
  readonly y: string
  readonly privateKey: KeyObject
  readonly prfSecret: Buffer
  signCount: number
}

export interface PrfSalts {
  /** base64url */
  first: string
  /** base64url */
  second?: string
}

interface PrfRequest {
  eval?: PrfSalts
  /** By credential id. */
  evalByCredential?: Record<string, PrfSalts>
}

/** A page's request; bytes are base64url. */
export type CeremonyRequest =
  | {
      type: 'create'
      origin: string
      options: {
        challenge: string
        rpId?: string
        userHandle: string
        algorithms: number[]
        excludeCredentials: string[]
        prf?: PrfRequest
      }
    }
  | {
      type: 'get'
      origin: string
      options: { challenge: string; rpId?: string; allowCredentials: string[]; prf?: PrfRequest }
    }

/** What the page builds its credential from; bytes are base64url. */
export interface CeremonyResult {
  id: string
  clientDataJSON: string
  authenticatorData: string
  /** At create. */
  attestationObject?: string
  /** At create: SubjectPublicKeyInfo. */
  publicKey?: string
  /** At get: DER. */
  signature?: string
  userHandle?: string
  prf?: { enabled?: boolean; results?: { first: string; second?: string } }
  wantsPrf: boolean
}

export interface Authenticator {
  /** May be changed at any time. */
  settings: AuthenticatorSettings
  /** The passkeys it holds, oldest first; a request without allowCredentials takes the newest. Remove by `splice`. */
  credentials: SoftwareCredential[]
  /** Number of ceremonies that succeeded: what a user would have touched. */
  gestures: number
  /** Takes over `navigator.credentials` on all extension pages of `context` opened from now on. */
  attach(context: BrowserContext): Promise<void>
  /** Answers one request, as a page would get it. */
  answer(request: CeremonyRequest): {
    result?: CeremonyResult
    error?: { name: string; message: string }
  }
}

/**
 * Makes a software authenticator: a passkey provider whose keys live in this process, for the extension pages of any number of
 * browser contexts, in every window, with PRF.
 */
export function createAuthenticator(settings?: AuthenticatorSettings): Authenticator
