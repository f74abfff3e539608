import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

const root = new URL('../..', import.meta.url).pathname
const built = join(root, '.output/firefox-mv3')

/** The scripts of the Firefox build, by their path in it. */
function scripts(): Map<string, string> {
  const names = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  )
  return new Map(names.map((name) => [name, readFileSync(join(built, name), 'utf8')]))
}

// Firefox lets content scripts read `storage.local`, and offers no way to forbid it.
test('error: the Firefox build keeps nothing where a content script could read it', () => {
  test.setTimeout(180_000)
  execFileSync('npx', ['wxt', 'build', '-b', 'firefox'], { cwd: root, stdio: 'pipe' })
  const all = scripts()
  expect([...all.keys()]).toEqual(
    expect.arrayContaining(['background.js', expect.stringContaining('content')]),
  )
  for (const [name, text] of all) {
    expect(text, name).not.toMatch(/storage\.(local|sync)\.(get|set|remove|clear)|\blocal\.(get|set)\(/)
    // A page of the extension has one of its own origin, which content scripts do not reach: it holds the theme.
    if (!name.startsWith('chunks/popup'))
      expect(text, name).not.toMatch(/\b(localStorage|sessionStorage)\b|document\.cookie/)
    // Content scripts and the page's provider touch no storage of any kind.
    if (name.startsWith('content-scripts/')) expect(text, name).not.toMatch(/\bindexedDB\b|\.storage\b/)
  }
  // The patterns find what they look for: memory and the database are the background's alone.
  expect(all.get('background.js')).toMatch(/storage\.session\.(get|set)/)
  expect(all.get('background.js')).toMatch(/\bindexedDB\b/)
  const manifest = JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8')) as Record<string, unknown>
  expect(manifest['web_accessible_resources']).toBeUndefined()
  expect(manifest['manifest_version']).toBe(3)
})
