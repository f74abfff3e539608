import type { CommandInput, CommandOutput } from '@/entrypoints/popup/command'
import type { Wallet } from '@/entrypoints/popup/wallet'
import { BaseError } from '@/lib/errors/BaseError'
import type { ActivityPage, ActivityQuery } from '@/lib/messaging/activityQuery'
import type { SuggestionView } from '@/lib/messaging/suggestionView'
import type { ActivityView } from '@/lib/messaging/views'
import type { Restoration } from '@/lib/messaging/popup'
import { PasskeyError } from '@/lib/passkey/PasskeyError'
import { PasskeyRemovedError } from '@/lib/rpc/restore/restoreErrors'
import { fresh } from '@/tests/gallery/snapshot'
import { simulations } from '@/tests/gallery/simulations'
import { deadChain, slowChain, tokenBalances } from '@/tests/gallery/tokens'
import { notesOf, quoteOf } from '@/tests/gallery/send'

/**
 * A wallet without a background: balances, activity, suggestions and simulations are there, every other command is refused.
 *
 * @param activity - What it signed; `slow` and `dead` for a background that does not answer, or with an error.
 * @param suggestion - The session that it suggests for calls.
 */
export const walletWith = (
  activity: readonly ActivityView[] | 'slow' | 'dead',
  suggestion: SuggestionView | null,
): Wallet => ({
  async command(name, input) {
    if (name === 'suggestion') return suggestion as never
    if (name === 'coverage') return { covered: 41, of: 44 } as never
    if (name === 'activity') return (await activityPage(activity, input as ActivityQuery)) as never
    if (name === 'nativeBalance' || name === 'tokenBalances') await node(input as { chainId: number })
    if (name === 'simulateApproval') return (await simulation()) as never
    if (name === 'nativeBalance') return { balance: 1_284_350_000_000_000_000n } as never
    if (name === 'assetBalances') return held(input as CommandInput<'assetBalances'>) as never
    if (name === 'sendCheck') return { notes: notesOf((input as CommandInput<'sendCheck'>).to) } as never
    if (name === 'sendQuote') return quoteOf(input as CommandInput<'sendQuote'>) as never
    if (name === 'tokenBalances') return { balances: tokenBalances } as never
    if (name === 'restoreAccount') return restoration() as never
    throw new BaseError('The gallery has no background.')
  },
  createPasskey: async () => {
    throw new BaseError(
      'No passkey was used: the prompt was closed, ran out of time, or found none here. Nothing was signed.',
    )
  },
  assertPasskey: async () => {
    throw new BaseError(
      'No passkey was used: the prompt was closed, ran out of time, or found none here. Nothing was signed.',
    )
  },
  findPasskey: async () => {
    if (sceneName() === 'welcome-none') throw new PasskeyError('none-chosen', null)
    return answer
  },
  open: () => undefined,
  asksElsewhere: false,
  surface: 'window',
  showInTab: async () => undefined,
  showInSidePanel: async () => undefined,
  version: '0.1.0',
})

async function activityPage(
  activity: readonly ActivityView[] | 'slow' | 'dead',
  { filter, before }: ActivityQuery,
): Promise<ActivityPage> {
  if (activity === 'slow') await new Promise(() => undefined)
  if (typeof activity === 'string') throw new BaseError('The wallet’s database failed. Restart the browser.')
  const sorted = [...activity].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
  const from = before === undefined ? 0 : sorted.findIndex(({ id }) => id === before.id) + 1
  const read = sorted.slice(from, from + 50)
  const last = read.at(-1)
  const isNarrowed = Object.keys(filter).some((name) => name !== 'sessionId')
  return { entries: isNarrowed ? [] : read, next: from + 50 < sorted.length && last ? last : null }
}

function held({ assets }: CommandInput<'assetBalances'>): CommandOutput<'assetBalances'> {
  const balances = assets.map(({ chainId, asset }) => ({
    chainId,
    asset,
    balance:
      chainId === 8453 ? null : asset === 'native' ? 1_284_350_000_000_000_000n : 94_300_000_000_000_000_000n,
  }))
  return { balances }
}

async function node({ chainId }: { chainId: number }): Promise<void> {
  if (chainId === slowChain) await new Promise(() => undefined)
  if (chainId === deadChain)
    throw new BaseError('The node of Latchkey Local at http://127.0.0.1:8545 does not answer.')
}

async function simulation() {
  const known = simulations[sceneName()]
  return known === undefined ? new Promise(() => undefined) : known
}

/** A passkey's answer; nothing looks at it. */
const answer = {
  credentialId: '0x01',
  userHandle: null,
  authenticatorData: '0x',
  clientDataJSON: '{}',
  signature: '0x',
  origin: 'chrome-extension://x',
  rpId: 'x',
  backupEligible: true,
} as const

function restoration(): Restoration {
  if (sceneName() === 'welcome-again') return { outcome: 'again' }
  if (sceneName() === 'welcome-removed')
    throw new PasskeyRemovedError('0x7A0c000000000000000000000000000000000d9B', ['Base', 'Latchkey Local'])
  return { outcome: 'restored', accounts: fresh.accounts, silent: ['Base with an unusually long name'] }
}

const sceneName = () => new URLSearchParams(window.location.search).get('scene') ?? ''
