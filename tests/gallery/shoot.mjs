/**
 * Photographs every scene of the gallery, light and dark, narrow and wide, and narrow from right to left, into docs/images/gallery
 * (which git leaves out), puts all of them on one contact sheet, docs/images/gallery.png, and fails on a page error or a page wider
 * than its window. `node tests/gallery/shoot.mjs [part of a scene's name…]` takes some scenes, and no sheet; `--only=light-360` takes
 * one look.
 */
import { chromium } from '@playwright/test'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { contactSheet } from './contactSheet.mjs'
import { shrinkPng } from './shrinkPng.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = fileURLToPath(new URL('../../docs/images/gallery', import.meta.url))
const sheet = `${out}.png`
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length)
const looks = [
  ...['light', 'dark'].flatMap((scheme) =>
    [320, 360, 800].map((width) => ({ name: `${scheme}-${width}`, scheme, width, dir: 'ltr' })),
  ),
  { name: 'rtl-360', scheme: 'light', width: 360, dir: 'rtl' },
]
/** What the sheet shows: a window's worth of each. */
const shown = ['light-360', 'dark-360', 'light-800', 'rtl-360']

const server = await createServer({
  root: fileURLToPath(new URL('.', import.meta.url)),
  configFile: false,
  logLevel: 'warn',
  cacheDir: `${root}tests/out/vite`,
  plugins: [svelte({ configFile: false })],
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  server: { port: 0, fs: { allow: [root] } },
})
await server.listen()
const address = server.httpServer?.address()
if (address === null || typeof address !== 'object') throw new Error('The gallery has no port.')
const base = `http://localhost:${address.port}/`

if (wanted.length === 0 && !only) rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const height = 680
let passed = 0
const failures = []
try {
  for (const { name: look, scheme, width, dir } of looks) {
    if (only && only !== look) continue
    const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height } })
    const errors = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    await page.goto(base)
    try {
      await page.locator('#app > *').first().waitFor({ timeout: 15_000 })
    } catch (error) {
      throw new Error(`The gallery does not start: ${errors.join('; ')}`, { cause: error })
    }
    const names = await page.locator('#app a').allTextContents()
    for (const name of names) {
      if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue
      errors.length = 0
      await page.goto(`${base}?scene=${name}&dir=${dir}`)
      // The buttons that no passkey prompt follows are armed after a second.
      await page.waitForTimeout(/^(connect|network|switch)/.test(name) ? 1_300 : 350)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      await page.setViewportSize({
        width,
        height: Math.max(height, await page.evaluate(() => document.documentElement.scrollHeight)),
      })
      await page.screenshot({ path: `${out}/${name}-${look}.png`, fullPage: true })
      await page.setViewportSize({ width, height })
      if (wide > 0) errors.push(`${wide} px wider than the window`)
      if (errors.length > 0) failures.push(`${name} ${look}: ${errors.join('; ')}`)
      else passed += 1
    }
    await page.close()
  }
  if (wanted.length === 0 && !only) writeFileSync(sheet, shrinkPng(await contactSheet(browser, out, shown)))
} finally {
  await browser.close()
  await server.close()
}
for (const failure of failures) console.error(failure)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
