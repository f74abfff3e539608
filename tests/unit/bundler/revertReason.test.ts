import { encodeErrorResult, parseAbi } from 'viem'
import { expect, test } from 'vitest'
import { revertReason } from '@/lib/bundler/revertReason'

const abi = parseAbi(['error Error(string reason)', 'error Panic(uint256 code)'])

test('behavior: the contract’s words are found in the message or beside it', () => {
  const data = encodeErrorResult({ abi, errorName: 'Error', args: ['no such plot'] })
  expect(revertReason({ reason: `reverted with reason: ${data}`, serverData: undefined })).toBe(
    'no such plot',
  )
  expect(revertReason({ reason: 'execution reverted', serverData: { revertData: data } })).toBe(
    'no such plot',
  )
})

test('behavior: a panic keeps its code', () => {
  const data = encodeErrorResult({ abi, errorName: 'Panic', args: [17n] })
  expect(revertReason({ reason: data, serverData: undefined })).toBe('panic 0x11')
})

test('behavior: an unknown error stays as the bundler said it, shortened', () => {
  const reason = `AA23 reverted 0x${'de'.repeat(100)}`
  expect(revertReason({ reason, serverData: undefined })).toBe('AA23 reverted 0xdededede…')
})

test('error: truncated data behind a known selector is no reason to fail', () => {
  expect(revertReason({ reason: 'reverted 0x08c379a0', serverData: undefined })).toBe('reverted 0x08c379a0')
})
