import { expect, test } from 'vitest'
import { endedWords, rejectedWords } from '@/entrypoints/popup/approve/endedWords'
import type { EndedApprovalView } from '@/lib/messaging/endedApprovalView'
import type { ActivityView } from '@/lib/messaging/views'

const end: EndedApprovalView = {
  id: 'x',
  kind: 'session',
  origin: 'https://orchard.example',
  chainId: 1,
  outcome: 'approved',
  operationId: 'o',
}
const failed: EndedApprovalView = { ...end, outcome: 'failed', message: 'execution reverted: no' }
const entry = (status: ActivityView['status'], error?: string) => ({ status, error })
const signing = ['session', 'transaction', 'revoke', 'add-passkey', 'remove-passkey'] as const

test('behavior: what succeeded is said in its own words', () => {
  expect(endedWords(end, entry('included'), 'Base')).toEqual({
    sign: 'done',
    title: 'Session is active',
    text: null,
  })
  expect(endedWords({ ...end, kind: 'unlock', operationId: undefined }, undefined, 'Base').title).toBe(
    'Unlocked',
  )
})

test.each(signing)('behavior: a %s that failed on chain is not said to have happened', (kind) => {
  const good = endedWords({ ...end, kind }, entry('final'), 'Base')
  for (const outcome of ['failed', 'approved'] as const) {
    const words = endedWords({ ...failed, kind, outcome }, entry('failed', 'NotAllowed()'), 'Base')
    expect(words.sign).toBe('none')
    expect(words.title).not.toBe(good.title)
    expect(words.text).toContain('Base took it and it failed: NotAllowed(). The fee was charged')
  }
})

test('behavior: one that never came into a block cost nothing', () => {
  const words = endedWords({ ...failed, kind: 'revoke' }, entry('void', 'Its deadline passed.'), 'Base')
  expect(words).toEqual({
    sign: 'none',
    title: 'Not closed on chain',
    text: 'It never came into a block: Its deadline passed. No fee was charged, nothing changed. This browser no longer signs for it, but a copied key still could: close it again from Sessions.',
  })
})

test('behavior: one whose fate is open is said to be neither', () => {
  const message = 'The bundler refused the transaction: AA21'
  const words = endedWords({ ...failed, message }, entry('signed'), 'Base')
  expect(words.title).toBe('No session was made')
  expect(words.text).toContain(`No block has it: ${message}. One may still take it`)
  const sent = endedWords({ ...end, kind: 'transaction' }, entry('sent'), 'Base')
  expect(sent).toMatchObject({ sign: 'sending', title: 'On its way to Base' })
})

test('behavior: later news of the chain goes before what was known at the end', () => {
  expect(endedWords(failed, entry('final'), 'Base').sign).toBe('done')
})

test('behavior: a rejection says what it means', () => {
  expect(rejectedWords(end).text).toBe('Nothing was signed, and the site was told.')
  expect(rejectedWords({ kind: 'connect', origin: null }).text).toBe('Nothing was signed.')
  expect(rejectedWords({ kind: 'revoke', origin: null }).text).toContain('not closed on chain yet')
})
