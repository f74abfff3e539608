import { expect, test } from 'vitest'
import { coverageText } from '@/lib/describe/coverageText'
import { describeSuggestionObstacle } from '@/lib/describe/describeSuggestionObstacle'

test('behavior: how much a session would have covered, in numbers', () => {
  expect(coverageText({ covered: 0, of: 0 })).toBeNull()
  expect(coverageText({ covered: 1, of: 1 })).toBe('It would have covered your last transaction here.')
  expect(coverageText({ covered: 0, of: 1 })).toBe('It would not have covered your last transaction here.')
  expect(coverageText({ covered: 41, of: 44 })).toBe(
    'It would have covered 41 of your last 44 transactions here.',
  )
})

test('behavior: each reason to go on asking names what it is about', () => {
  expect(describeSuggestionObstacle({ kind: 'lasting', name: 'permit' })).toContain(
    '`permit` gives away a right',
  )
  expect(describeSuggestionObstacle({ kind: 'unknown', selector: '0xdeadbeef' })).toContain('`0xdeadbeef`')
  expect(describeSuggestionObstacle({ kind: 'open', name: 'multicall' })).toContain('`multicall` can carry')
  const kinds = ['banned', 'batch', 'collectible', 'unlimited', 'indistinct', 'too-large', 'frame'] as const
  const texts = kinds.map((kind) => describeSuggestionObstacle({ kind }))
  expect(new Set(texts).size).toBe(kinds.length)
})
