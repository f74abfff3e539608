import type { Address, Hex } from 'viem'
import type { Guards } from '@/lib/policy/guards'
import type { ActivityPage, ActivityQuery } from '@/lib/messaging/activityQuery'
import type { AccountView, NetworkView, SettingsView, Snapshot, TokenView } from '@/lib/messaging/views'
import type { SuggestionView } from '@/lib/messaging/suggestionView'
import type { Coverage } from '@/lib/policy/coverage'
import type { SimulationView } from '@/lib/messaging/simulationView'
import type { RecipientNote, SendPlan, SendQuote } from '@/lib/messaging/sendView'
import type { SessionSpec } from '@/lib/policy/spec'

/** Name of the port on which popup pages receive {@link MirrorMessage}s. */
export const mirrorPortName = 'latchkey:mirror'

/** From the background to a popup page, through `toWire`: the whole snapshot, on connect and after each change. */
export type MirrorMessage = { readonly type: 'snapshot'; readonly snapshot: Snapshot }

/** The public result of `navigator.credentials.create`. */
export type NewPasskey = {
  readonly credentialId: Hex
  /** P-256 public key. */
  readonly x: Hex
  readonly y: Hex
  /** `clientDataJSON.origin`, checked by the contracts. */
  readonly origin: string
  readonly rpId: string
  /** Whether the authenticator reported PRF support at creation. */
  readonly prf: boolean
  readonly backupEligible: boolean
}

/** A passkey that answered over random bytes, to be found again: what its public key is worked out from. It allows nothing. */
export type FoundPasskey = {
  readonly credentialId: Hex
  /** What the passkey was made with: the account, for one that was added to it. `null` when the authenticator does not tell. */
  readonly userHandle: Hex | null
  readonly authenticatorData: Hex
  readonly clientDataJSON: string
  /** DER-encoded ECDSA signature. */
  readonly signature: Hex
  readonly origin: string
  readonly rpId: string
  readonly backupEligible: boolean
}

/** What became of an attempt to restore a passkey's accounts. */
export type Restoration =
  /** One answer fits to two keys, and no chain tells which: the same passkey must answer once more. */
  | { readonly outcome: 'again' }
  | {
      readonly outcome: 'restored'
      readonly accounts: readonly AccountView[]
      /** Names of networks that did not answer: whether the passkey still owns the accounts there is not known. */
      readonly silent: readonly string[]
    }

/** What a popup page needs to ask the authenticator for an assertion. */
export type Ceremony = {
  /** 32 bytes. */
  readonly challenge: Hex
  readonly rpId: string
  /** Passkeys that may answer; never empty. */
  readonly credentialIds: readonly Hex[]
  /** 32 bytes, the one fixed salt of the wallet. */
  readonly prfSalt: Hex
}

/** The authenticator's answer. Never logged, never stored as it is. */
export type Assertion = {
  readonly credentialId: Hex
  readonly authenticatorData: Hex
  readonly clientDataJSON: string
  /** DER-encoded ECDSA signature. */
  readonly signature: Hex
  /** 32 bytes, when the authenticator evaluated the PRF. */
  readonly prf: Hex | null
}

/** What the "Add network" form sends. */
export type NetworkForm = {
  readonly name: string
  readonly rpcUrl: string
  readonly bundlerUrl: string
  readonly paymasterUrl?: string | undefined
  readonly currencySymbol?: string | undefined
  readonly explorerUrl?: string | undefined
}

/**
 * The commands that popup pages send to the background, by name: `[input, output]`, both crossing through `toWire`. A failure comes
 * back as `{code, message}` and is thrown in the page with that message.
 */
export type Commands = {
  /**
   * Adds an account for a new passkey, on the contracts of a network; of the first one by default. Its address is shown at once; it is
   * deployed inside its first operation.
   */
  createAccount: [{ passkey: NewPasskey; chainId?: number | undefined }, AccountView]
  /**
   * Adds the accounts of a passkey that exists already, deployed or not: one for each kind of contracts of the networks.
   *
   * @param answers - Of the one passkey: first one, then both.
   */
  restoreAccount: [{ answers: readonly FoundPasskey[] }, Restoration]
  /** Adds a new passkey to an account: opens an approval for every chain on which the account is deployed. */
  addPasskey: [{ account: Address; passkey: NewPasskey }, { approvalIds: string[] }]
  /** Adds a known passkey of an account on one more chain. */
  addPasskeyOn: [{ account: Address; credentialId: Hex; chainId: number }, { approvalId: string }]
  /**
   * Removes a passkey: an approval for every chain on which it is an owner; none when no chain knows it, and it is forgotten. Unless
   * `keepSessions`, the sessions that it could open are revoked in the same operation.
   */
  removePasskey: [{ account: Address; credentialId: Hex; keepSessions: boolean }, { approvalIds: string[] }]
  /**
   * The owner clicked: freezes the operation with a fresh deadline and returns the ceremony. `null`: no gesture is needed (connect,
   * network, switch), the command has approved it. `spec`: the session as the page shows it; another one is not signed.
   */
  approvalStart: [{ id: string; spec?: SessionSpec | undefined }, Ceremony | null]
  /** Hands in the assertion. Returns when it is journalled; progress is in the snapshot. */
  approvalFinish: [{ id: string; assertion: Assertion }, null]
  approvalReject: [{ id: string }, null]
  /** What an approval's transaction would change now; `null` for another request, or without an account. Information, never policy. */
  simulateApproval: [{ id: string }, { simulation: SimulationView; tokens: TokenView[] } | null]
  /** Tries again after `state.phase === 'error'`. */
  approvalRetry: [{ id: string }, null]
  /** Brings the approval window to the front, or opens it: the toolbar's popup cannot hold a passkey prompt. */
  showApproval: [{ id: string }, null]
  /**
   * Deletes the local keys of these sessions at once, of all of them before anything is asked; then opens an approval for each account
   * and chain on which there is something to close. Returns the approvals' ids, in the order in which they will be shown. `cleanUp`:
   * the same operation takes back what the sessions let others take.
   */
  revoke: [{ sessionIds: Hex[]; cleanUp?: boolean | undefined }, { approvalIds: string[] }]
  /** Opens an approval for a session with the same terms, a new key, and an end as far away as it was. */
  renew: [{ sessionId: Hex }, { approvalId: string }]
  /** Turns an approval of a transaction into one of the wider session that is offered with it (`widen`), or back. */
  approvalWiden: [{ id: string; widen: boolean }, null]
  /** The session that would sign calls like those of an approval from now on; `null` when it asks for no calls. */
  suggestion: [{ id: string }, SuggestionView | null]
  /** Turns an approval of calls into one of that session; `approvalWiden` turns it back. */
  approvalSuggest: [{ id: string }, null]
  /** Never offers a session for the like of an approval's calls by itself again. */
  declineSuggestion: [{ id: string }, null]
  /** How much of what the site of an approval sent before a session would have signed. */
  coverage: [{ id: string; spec: SessionSpec }, Coverage]
  /** Takes away from the session that an approval asks for, never adds; `null` turns back to it as it was asked. Of a session that the wallet suggested, numbers may be raised as well. */
  approvalNarrow: [{ id: string; spec: SessionSpec | null }, null]
  /** A page of what was signed, newest first. Looks at some hundred entries in one go, however few of them are wanted. */
  activity: [ActivityQuery, ActivityPage]
  /** Opens an `unlock` approval for the account. */
  unlock: [{ account: Address }, { approvalId: string }]
  lock: [null, null]
  /** Ends the site's access at once; its sessions stay until they are revoked. */
  disconnect: [{ origin: string }, null]
  addNetwork: [NetworkForm, NetworkView]
  removeNetwork: [{ chainId: number }, null]
  setPaused: [{ sessionId: Hex; paused: boolean }, null]
  /** Sets after how many minutes without input the wallet locks: 1 to 1,440. */
  setLock: [{ idleMinutes: number }, null]
  /** Replaces the user's own limits. */
  setGuards: [{ guards: Guards }, null]
  /** Whether Latchkey takes `window.ethereum` also where another wallet is, in pages that are loaded from now on. */
  setDefaultWallet: [{ on: boolean }, null]
  setTheme: [Pick<SettingsView, 'theme'>, null]
  setNotices: [Pick<SettingsView, 'notices'>, null]
  /** Deletes everything that the wallet keeps in this browser, and starts it anew. */
  erase: [null, null]
  /** In wei, from the chain's node. */
  nativeBalance: [{ account: Address; chainId: number }, { balance: bigint }]
  /** Of the listed tokens of a chain, in their smallest units; `null` for one whose contract tells none. */
  tokenBalances: [
    { account: Address; chainId: number },
    { balances: { token: Address; balance: bigint | null }[] },
  ]
  /** Of assets on whatever chains, in their smallest units; `null` where it cannot be told now. */
  assetBalances: [
    { account: Address; assets: { chainId: number; asset: 'native' | Address }[] },
    { balances: { chainId: number; asset: 'native' | Address; balance: bigint | null }[] },
  ]
  /** What is to be known of a recipient, the gravest first. */
  sendCheck: [SendPlan & { to: string }, { notes: RecipientNote[] }]
  /** The fee of a transfer now, and the most that can be sent; `to` is `null` while there is no recipient. */
  sendQuote: [SendPlan & { to: string | null }, SendQuote]
  /** Opens an approval for a transfer. `amount` in the asset's smallest unit. */
  send: [SendPlan & { to: string; amount: bigint }, { approvalId: string }]
  /** Lists an ERC-20 token, so that its balance is shown. */
  watchToken: [{ chainId: number; address: string }, TokenView]
  /** Takes a token from the list. */
  unwatchToken: [{ chainId: number; address: Address }, null]
}

/** Envelope of a command on `runtime.sendMessage`. */
export type CommandMessage = {
  readonly type: 'latchkey:command'
  readonly name: keyof Commands
  readonly input: unknown
}

/** Envelope of its answer. */
export type CommandAnswer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: { readonly code: number; readonly message: string } }
