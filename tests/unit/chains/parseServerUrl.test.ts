import { expect, test } from 'vitest'
import { parseServerUrl, ServerUrlError } from '@/lib/chains/parseServerUrl'

test.each([
  'https://node.example/key',
  'http://127.0.0.1:8545/',
  'http://localhost:1/',
  'http://[::1]:8545/',
])('param: %s is taken', (url) => expect(parseServerUrl(url, 'The RPC URL')).toBe(url))

test.each([
  '',
  'node.example',
  'http://node.example',
  'http://127.0.0.1.evil.example',
  'http://10.0.0.1:8545',
  'wss://node.example',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:secret@node.example',
])('error: %s is refused', (url) => {
  expect(() => parseServerUrl(url, 'The RPC URL')).toThrow(ServerUrlError)
})
