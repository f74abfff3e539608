import { encodeFunctionData, parseAbi } from 'viem'
import { expect, test } from 'vitest'
import { addressesOfCall } from '@/lib/describe/calls/addressesOfCall'
import { friend, owner, shop, token, transferCall } from '@/tests/gallery/snapshot'

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

test('behavior: everybody inside a multicall is shown once', () => {
  const pay = transferCall(shop, 1n).data
  const data = encodeFunctionData({
    abi: parseAbi(['function multicall(bytes[] data)']),
    args: [[pay, pay, transferCall(friend, 2n).data]],
  })
  expect(addressesOfCall({ to: token, value: 0n, data })).toEqual([
    { role: 'Recipient', address: shop.toLowerCase() },
    { role: 'Contract', address: token },
    { role: 'Recipient', address: friend.toLowerCase() },
  ])
})
