import { expect, test } from 'vitest'
import { activityCsv, activityJson, publicState } from '@/entrypoints/popup/settings/exportFiles'
import { readAllActivity } from '@/entrypoints/popup/settings/readAllActivity'
import type { ActivityView } from '@/lib/messaging/views'
import { busy } from '@/tests/gallery/snapshot'

const entry: ActivityView = {
  id: 'a',
  at: Date.UTC(2026, 10, 27, 12),
  origin: 'https://orchard.example',
  account: '0x00000000000000000000000000000000000000aa',
  chainId: 31_337,
  signedBy: 'session',
  purpose: 'calls',
  calls: [{ to: '0x00000000000000000000000000000000000000d1', value: 10n ** 18n, data: '0x' }],
  status: 'final',
  gasUsed: 123_456n,
}

test('behavior: the table has a row for each entry, in the words of the wallet', () => {
  const [head, row, end] = activityCsv([entry], busy).split('\r\n')
  expect(head).toMatch(/^time,site,network,chainId,/)
  expect(row).toMatch(
    /^2026-11-27T12:00:00.000Z,https:\/\/orchard.example,[^,]*,31337,0x0{38}aa,session,,Send 1 ETH to /,
  )
  expect(row).toMatch(/,123456$/)
  expect(end).toBe('')
})

test('error: text of a site is no formula of a spreadsheet, and breaks no row', () => {
  const hostile: ActivityView = {
    ...entry,
    purpose: 'message',
    calls: [],
    excerpt: '=1+1","x\r\ny',
    origin: '=HYPERLINK("https://evil.example")',
  }
  const text = activityCsv([hostile], busy)
  expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
  expect(text).toContain('“=1+1"",""x')
})

test('behavior: exported state has sessions and their limits, and no address of a server', () => {
  const [network] = busy.networks
  if (network === undefined) throw new Error('no network')
  const keyed = {
    ...network,
    rpcUrl: 'https://node.example/v2/SECRET',
    bundlerUrl: 'https://b.example/?k=SECRET',
  }
  const text = publicState({ ...busy, networks: [keyed] })
  expect(text).not.toContain('SECRET')
  const state = JSON.parse(text)
  expect(state.networks).toEqual([expect.objectContaining({ chainId: network.chainId, name: network.name })])
  expect(state.sessions[0].spec.feeLimit.limit).toMatch(/^\d+$/)
  expect(JSON.parse(activityJson([entry]))[0]).toMatchObject({
    gasUsed: '123456',
    calls: [{ value: String(10n ** 18n) }],
  })
})

test('behavior: the whole activity is read, page by page', async () => {
  const all = Array.from({ length: 120 }, (_, number) => ({ ...entry, id: String(number), at: number }))
  const counts: number[] = []
  const command = async (_name: string, { before }: { before?: { id: string } | undefined }) => {
    const start = before === undefined ? 0 : Number(before.id) + 1
    const entries = all.slice(start, start + 50)
    const last = entries.at(-1)
    return {
      entries,
      next: start + 50 < all.length && last !== undefined ? { at: last.at, id: last.id } : null,
    }
  }
  // The one command that is sent.
  const wallet = { command } as unknown as Parameters<typeof readAllActivity>[0]
  expect(await readAllActivity(wallet, (count) => counts.push(count))).toEqual(all)
  expect(counts).toEqual([50, 100, 120])
})
