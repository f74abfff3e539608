import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { providerPage } from '../../docs/providerPage'
import { providerRows } from '../../docs/providerTable'

test('misc: docs/provider.md is what the code says; else run npm run docs:provider', async () => {
  expect(readFileSync('docs/provider.md', 'utf8')).toBe(await providerPage())
})

test.each(providerRows())('misc: $method names its standard, says what it does, and is tested', (row) => {
  expect(row.standard).not.toBe('')
  expect(row.about).toMatch(/[a-z].*\.$/)
  expect(row.tests).not.toEqual([])
})
