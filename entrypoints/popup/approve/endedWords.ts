import type { EndedApprovalView } from '@/lib/messaging/endedApprovalView'
import type { ActivityView } from '@/lib/messaging/views'

/** How an approval ended, in a line and a sentence or two. */
export type EndedWords = {
  readonly sign: 'done' | 'sending' | 'none'
  readonly title: string
  readonly text: string | null
}

type Kind = EndedApprovalView['kind']

const doneTitles: Readonly<Record<Kind, string>> = {
  connect: 'Connected',
  session: 'Session is active',
  transaction: 'Done',
  revoke: 'Closed on chain',
  'add-passkey': 'Passkey added',
  'remove-passkey': 'Passkey removed',
  unlock: 'Unlocked',
  network: 'Network added',
  switch: 'Network switched',
  message: 'Signed',
  'typed-data': 'Signed',
  token: 'Token added',
}

const failedTitles: Readonly<Partial<Record<Kind, string>>> = {
  session: 'No session was made',
  transaction: 'Transaction failed',
  revoke: 'Not closed on chain',
  'add-passkey': 'Passkey not added',
  'remove-passkey': 'Passkey not removed',
}

/**
 * Says what came of an approval. What the chain made of its operation goes before what was known when it ended.
 *
 * @param entry - Of its operation, in the activity list.
 * @param network - Name of its chain.
 */
export function endedWords(
  end: EndedApprovalView,
  entry: Pick<ActivityView, 'status' | 'error'> | undefined,
  network: string,
): EndedWords {
  if (end.outcome === 'rejected')
    return {
      sign: 'none',
      title: 'This request is no longer open',
      text: 'It was answered elsewhere, or the site withdrew it or was closed. To go on, ask again from the site.',
    }
  const status = entry?.status
  const done = { sign: 'done', title: doneTitles[end.kind], text: null } as const
  if (status === 'included' || status === 'final') return done
  if (end.outcome === 'approved' && status !== 'failed' && status !== 'void') {
    if (end.kind !== 'transaction') return done
    const text = 'Signed and sent. Activity shows what becomes of it.'
    return { sign: 'sending', title: `On its way to ${network}`, text }
  }
  const what = whatHappened(status, sentence(entry?.error ?? end.message ?? 'it does not say why'), network)
  return {
    sign: 'none',
    title: failedTitles[end.kind] ?? 'Failed',
    text: `${what} ${wayForward(end, network)}`,
  }
}

/** Says what a rejection means, on the page that rejected. */
export function rejectedWords(end: Pick<EndedApprovalView, 'kind' | 'origin'> | undefined): EndedWords {
  const text =
    end?.kind === 'revoke'
      ? 'This browser no longer signs for the session, but it is not closed on chain yet. You can close it from Sessions.'
      : end === undefined || end.origin === null
        ? 'Nothing was signed.'
        : 'Nothing was signed, and the site was told.'
  return { sign: 'none', title: 'Rejected', text }
}

function whatHappened(status: ActivityView['status'] | undefined, why: string, network: string): string {
  if (status === 'failed')
    return `${network} took it and it failed: ${why} The fee was charged, all else is as before.`
  if (status === 'void') return `It never came into a block: ${why} No fee was charged, nothing changed.`
  return `No block has it: ${why} One may still take it for some minutes; Activity shows what becomes of it.`
}

function wayForward({ kind, origin }: EndedApprovalView, network: string): string {
  switch (kind) {
    case 'revoke':
      return 'This browser no longer signs for it, but a copied key still could: close it again from Sessions.'
    case 'add-passkey':
      return 'Add it again from Settings.'
    case 'remove-passkey':
      return `It still owns your account on ${network}: remove it again from Settings.`
    case 'session':
      return origin === null ? 'Ask for it again from Sessions.' : 'Ask again from the site.'
    default:
      return origin === null ? 'Send it again from Home.' : 'Ask again from the site.'
  }
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
