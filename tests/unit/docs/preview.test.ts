import { mkdirSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readSnippets } from '../../docs/readSnippets.mjs'
import { demo, shop } from '../policy/fixtures'

/** The code of `docs/dapps.md` as it stands there, run. */
async function snippet(name: string): Promise<Record<string, (...args: unknown[]) => unknown>> {
  const folder = resolve('tests/out/docs')
  mkdirSync(folder, { recursive: true })
  for (const [file, code] of readSnippets('docs/dapps.md')) writeFileSync(`${folder}/${file}`, code)
  return (await import(/* @vite-ignore */ pathToFileURL(`${folder}/${name}`).href)) as never
}

test('behavior: the documentation’s preview says what the wallet says of the documentation’s session', async () => {
  const { shopping } = await snippet('session.ts')
  const { preview } = await snippet('preview.ts')
  const { text, dangers } = preview?.(shopping?.(demo, shop), demo) as { text: string[]; dangers: string[] }
  expect(text[0]).toMatch(/^Let shop\.example act for you until tomorrow, /)
  expect(text.slice(1, 3)).toEqual([
    'Pay 0x1111…1111 up to 2 DEMO at a time, 10 DEMO a day. Days begin at 00:00 UTC.',
    'Spend up to 0.01 ETH in all on fees.',
  ])
  expect(text[3]).toMatch(/^At worst you lose \d0 DEMO and 0\.01 ETH, fees included/)
  expect(dangers).toEqual([])
})
