import { expect, test } from 'vitest'
import { readOrigin } from '@/lib/ui/readOrigin'

test('behavior: an encrypted origin shows its host alone', () => {
  expect(readOrigin('https://orchard.example')).toEqual({
    scheme: 'https:',
    host: 'orchard.example',
    secure: true,
    plaintext: false,
    lookAlike: false,
  })
})

test('behavior: a port that is not the default stays', () => {
  expect(readOrigin('https://orchard.example:8443').host).toBe('orchard.example:8443')
})

test.each([
  ['http://orchard.example', true],
  ['http://localhost:5173', false],
  ['http://app.localhost', false],
  ['http://127.0.0.1:8000', false],
  ['http://[::1]:8000', false],
  ['http://127.0.0.1.evil.example', true],
  ['http://localhost.evil.example', true],
])('behavior: %s is plaintext: %s', (origin, plaintext) => {
  expect(readOrigin(origin).plaintext).toBe(plaintext)
})

test('behavior: letters outside ASCII are shown as punycode and pointed out', () => {
  const parts = readOrigin('https://оrchard.example')
  expect(parts.host).toMatch(/^xn--/)
  expect(parts.lookAlike).toBe(true)
})

test('behavior: what is no URL is never secure', () => {
  expect(readOrigin('null')).toMatchObject({ host: 'null', secure: false, plaintext: true })
})
