import { expect, test } from 'vitest'
import { addressesOfSpec } from '@/entrypoints/popup/approve/addressesOfSpec'
import { friend, shop, spec } from '@/tests/gallery/snapshot'

test('behavior: a session shows every address once', () => {
  const shown = addressesOfSpec(spec)
  expect(shown.map(({ role }) => role)).toEqual(['Paid', 'Contract', 'Recipient', 'Contract', 'Session key'])
  expect(shown[0]?.address).toBe(friend)
  expect(shown[2]?.address).toBe(shop.toLowerCase())
})
