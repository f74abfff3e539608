import { expect, test } from 'vitest'
import { addressesOfCall } from '@/entrypoints/popup/approve/addressesOfCall'
import { addressesOfSpec } from '@/entrypoints/popup/approve/addressesOfSpec'
import { friend, owner, shop, spec, token, transferCall } from '@/tests/gallery/snapshot'

test('behavior: a plain transfer reaches its recipient', () => {
  expect(addressesOfCall({ to: owner, value: 1n, data: '0x' })).toEqual([
    { role: 'Recipient', address: owner },
  ])
})

test('behavior: a token transfer shows the recipient in its data', () => {
  expect(addressesOfCall(transferCall(shop, 1n))).toEqual([
    { role: 'Recipient', address: shop.toLowerCase() },
    { role: 'Contract', address: token },
  ])
})

test('behavior: cut-off data shows the contract alone', () => {
  expect(addressesOfCall({ to: token, value: 0n, data: '0xa9059cbb00' })).toEqual([
    { role: 'Contract', address: token },
  ])
  expect(addressesOfCall({ to: token, value: 0n, data: '0xa9' })).toEqual([
    { role: 'Contract', address: token },
  ])
})

test('behavior: a session shows every address once', () => {
  const shown = addressesOfSpec(spec)
  expect(shown.map(({ role }) => role)).toEqual(['Paid', 'Contract', 'Recipient', 'Contract', 'Session key'])
  expect(shown[0]?.address).toBe(friend)
  expect(shown[2]?.address).toBe(shop.toLowerCase())
})
