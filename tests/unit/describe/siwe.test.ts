import { createSiweMessage } from 'viem/siwe'
import { expect, test } from 'vitest'
import { checkSiwe } from '@/lib/describe/siwe/checkSiwe'
import { readSiwe } from '@/lib/describe/siwe/readSiwe'

const account = '0x7A0c3Fd2e1B94456C0DE8bd1A90f73CE5514d9B2'
const sender = { origin: 'https://orchard.example', account, chainId: 31337, now: 1_800_000_000 } as const
const fields = {
  domain: 'orchard.example',
  address: account,
  uri: 'https://orchard.example/login',
  version: '1',
  chainId: 31337,
  nonce: 'abcdef123456',
  issuedAt: new Date('2026-11-27T05:00:00Z'),
} as const
const login = (change: object = {}) => createSiweMessage({ ...fields, ...change } as typeof fields)
const problems = (text: string, change: object = {}) => {
  const siwe = readSiwe(text)
  if (siwe === null) throw new Error('no login')
  return checkSiwe(siwe, { ...sender, ...change })
}

test('param: every part of a login is read', () => {
  const all = {
    scheme: 'https',
    statement: 'Welcome back',
    expirationTime: new Date('2026-11-28T05:00:00.500Z'),
    notBefore: new Date('2026-11-27T05:00:00Z'),
    requestId: 'r 1',
    resources: ['https://orchard.example/terms', 'ipfs://x'],
  }
  expect(readSiwe(login(all))).toEqual({
    scheme: 'https',
    domain: 'orchard.example',
    address: account,
    statement: 'Welcome back',
    uri: fields.uri,
    chainId: 31337,
    nonce: fields.nonce,
    issuedAt: Date.parse('2026-11-27T05:00:00Z') / 1000,
    expirationTime: Date.parse('2026-11-28T05:00:00Z') / 1000,
    notBefore: Date.parse('2026-11-27T05:00:00Z') / 1000,
    requestId: 'r 1',
    resources: all.resources,
  })
  expect(readSiwe(login())).toMatchObject({ domain: 'orchard.example', resources: [] })
})

test('param: a text is no login; one that only looks like one is malformed', () => {
  expect(readSiwe('hello')).toBeNull()
  const good = login()
  for (const bad of [
    good.replace('Version: 1', 'Version: 2'),
    good.replace('\n\n', '\n'),
    good.replace('Nonce: abcdef123456', 'Nonce: abc'),
    good.replace(/Issued At: .*/, 'Issued At: yesterday'),
    good.replace('orchard.example wants', 'a@orchard.example wants'),
    `${good}\nOne more line`,
    `Hi!\n${good}`,
    good.replace(account, 'vitalik.eth'),
  ])
    expect(readSiwe(bad)).toBe('malformed')
  expect(problems(good.replace('Version: 1', 'Version: 2'))).toHaveLength(1)
})

test('behavior: a login of the site itself has no problem, its port named or not', () => {
  expect(problems(login())).toEqual([])
  expect(problems(login({ scheme: 'https', domain: 'orchard.example:443' }))).toEqual([])
  const local = { domain: 'localhost:5173', uri: 'http://localhost:5173' }
  expect(problems(login(local), { origin: 'http://localhost:5173' })).toEqual([])
})

test.each([
  [{ domain: 'bank.example' }, {}, 'for bank.example, but orchard.example asks'],
  [{ domain: 'orchard.example.evil.example' }, {}, 'act as you on orchard.example.evil.example'],
  [{ domain: 'orchard.example:8443' }, {}, 'for orchard.example:8443'],
  [{ scheme: 'http' }, {}, 'for http://'],
  [{ uri: 'https://bank.example/login' }, {}, 'which is not on orchard.example'],
  [{ uri: 'http://orchard.example' }, {}, 'which is not on orchard.example'],
  [{ chainId: 1 }, {}, 'for chain 1, but the site is on chain 31337'],
  [{ address: '0x00000000000000000000000000000000000000D1' }, {}, 'not for yours'],
  [{ expirationTime: new Date(1_800_000_000_000) }, {}, 'This login ended'],
  [{ notBefore: new Date(1_800_000_100_000) }, {}, 'counts only from'],
])('behavior: %j is a problem', (change, from, text) => {
  const found = problems(login(change), from)
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(text)
})
