import { expect, test } from 'vitest'
import { isDangerous } from '@/entrypoints/popup/approve/isDangerous'
import type { ApprovalView } from '@/lib/messaging/views'
import { calls } from '@/tests/gallery/calls'
import { busy, chainId, now, owner, site } from '@/tests/gallery/snapshot'

test.each([
  ['call-known', false],
  ['call-unknown', false],
  ['call-nested', true],
  ['call-unlimited', true],
  ['call-account', true],
])('behavior: approving %s takes a click more: %s', (name, expected) => {
  const request = calls.find((scene) => scene.name === name)?.request
  if (request === undefined) throw new Error(`There is no scene ${name}.`)
  const approval: ApprovalView = {
    id: 'x',
    origin: site,
    metadata: {},
    account: owner,
    chainId,
    request,
    state: { phase: 'preparing' },
    createdAt: now * 1000,
  }
  expect(isDangerous(approval, busy, now * 1000)).toBe(expected)
})
