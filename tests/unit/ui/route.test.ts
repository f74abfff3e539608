import { expect, test } from 'vitest'
import { ActivityForm } from '@/entrypoints/popup/activity/activityForm.svelte'
import { parseRoute } from '@/entrypoints/popup/route'

test.each(['', '#', '#/', '#/nowhere', '#/approve', '#/approve/'])('behavior: "%s" leads home', (hash) => {
  expect(parseRoute(hash)).toEqual({ page: 'home' })
})

test.each(['welcome', 'sessions', 'settings'])('behavior: #/%s', (page) => {
  expect(parseRoute(`#/${page}`)).toEqual({ page })
})

test('behavior: an approval by its id', () => {
  expect(parseRoute('#/approve/0f-1')).toEqual({ page: 'approve', id: '0f-1' })
})

test('behavior: the query of networks fills the form', () => {
  const route = parseRoute('#/networks?name=A%20b&rpcUrl=http%3A%2F%2F127.0.0.1%3A8545%2F%3Fkey%3D1')
  if (route.page !== 'networks') throw new Error('Not the networks page.')
  expect(route.query.get('name')).toBe('A b')
  expect(route.query.get('rpcUrl')).toBe('http://127.0.0.1:8545/?key=1')
})

test('behavior: the query of the activity names a session', () => {
  const route = parseRoute(`#/activity?session=0x${'0a'.repeat(32)}`)
  if (route.page !== 'activity') throw new Error('Not the activity page.')
  expect(new ActivityForm(route.query.get('session')).filter).toEqual({ sessionId: `0x${'0a'.repeat(32)}` })
  expect(new ActivityForm('0x12').filter).toEqual({})
})
