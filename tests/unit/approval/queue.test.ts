import { expect, test } from 'vitest'
import type { NewApproval } from '@/lib/approval/approval'
import { createApprovalQueue } from '@/lib/approval/queue'
import { createTestMemory } from '../memory'

const connect = (requestId: string, origin = 'https://a.example', joinKey = origin): NewApproval => ({
  origin,
  metadata: {},
  account: null,
  chainId: 31337,
  request: { kind: 'connect' },
  joinKey,
  requestId,
})

test('behavior: a second request for the same thing joins the open approval', async () => {
  const queue = createApprovalQueue(createTestMemory(), () => undefined)
  const first = await queue.ask(connect('1'))
  const second = await queue.ask(connect('2'))
  expect(second.id).toBe(first.id)
  expect(queue.open()).toHaveLength(1)
  const outcomes = [queue.outcome(first.id), queue.outcome(second.id)]
  await queue.end(first.id, { kind: 'rejected' })
  expect(await Promise.all(outcomes)).toEqual([{ kind: 'rejected' }, { kind: 'rejected' }])
})

test('behavior: the same request asked again after a restart finds its approval, ended or not', async () => {
  const memory = createTestMemory()
  const before = createApprovalQueue(memory, () => undefined)
  const asked = await before.ask(connect('1'))
  const after = createApprovalQueue(memory, () => undefined)
  await after.restore()
  expect((await after.ask(connect('1'))).id).toBe(asked.id)
  await after.end(asked.id, { kind: 'approved', operationId: 'op' })
  const later = createApprovalQueue(memory, () => undefined)
  await later.restore()
  expect((await later.ask(connect('1'))).outcome).toEqual({ kind: 'approved', operationId: 'op' })
})

test('behavior: an approval ends once', async () => {
  const queue = createApprovalQueue(createTestMemory(), () => undefined)
  const { id } = await queue.ask(connect('1'))
  await queue.end(id, { kind: 'approved', operationId: null })
  await queue.end(id, { kind: 'rejected' })
  expect(await queue.outcome(id)).toEqual({ kind: 'approved', operationId: null })
})

test('error: one origin cannot fill the queue', async () => {
  const queue = createApprovalQueue(createTestMemory(), () => undefined)
  for (let index = 0; index < 8; index++)
    await queue.ask(connect(`${index}`, 'https://a.example', `${index}`))
  await expect(queue.ask(connect('9', 'https://a.example', '9'))).rejects.toMatchObject({ code: -32002 })
  await queue.ask(connect('10', 'https://b.example', '10'))
})

test('error: a frame counts to the site around it: framing another site uses nothing of that site’s room', async () => {
  const queue = createApprovalQueue(createTestMemory(), () => undefined)
  const framed = (index: number) => ({
    ...connect(`${index}`, 'https://bank.example', `${index}`),
    topOrigin: 'https://evil.example',
  })
  for (let index = 0; index < 8; index++) await queue.ask(framed(index))
  await expect(queue.ask(framed(8))).rejects.toMatchObject({ code: -32002 })
  await queue.ask(connect('9', 'https://bank.example'))
})

test('error: no more than 32 requests join one approval', async () => {
  const queue = createApprovalQueue(createTestMemory(), () => undefined)
  for (let index = 0; index < 32; index++) await queue.ask(connect(`${index}`))
  await expect(queue.ask(connect('32'))).rejects.toMatchObject({ code: -32002 })
  expect(queue.open()).toMatchObject([{ requestIds: { length: 32 } }])
})

test('error: a site refused three times in a row has to wait, also after a restart of the worker; one that was approved has not', async () => {
  const memory = createTestMemory()
  const queue = createApprovalQueue(memory, () => undefined)
  const end = async (id: string, origin: string, kind: 'rejected' | 'approved') => {
    const approval = await queue.ask(connect(id, origin))
    await queue.end(approval.id, kind === 'rejected' ? { kind } : { kind, operationId: null })
  }
  for (const id of ['1', '2', '3']) await end(id, 'https://a.example', 'rejected')
  await expect(queue.ask(connect('4'))).rejects.toMatchObject({ code: -32002 })
  const later = createApprovalQueue(memory, () => undefined)
  await later.restore()
  await expect(later.ask(connect('4'))).rejects.toMatchObject({ code: -32002 })
  for (const id of ['5', '6']) await end(id, 'https://b.example', 'rejected')
  await new Promise((resolve) => setTimeout(resolve, 2))
  await end('7', 'https://b.example', 'approved')
  await new Promise((resolve) => setTimeout(resolve, 2))
  await end('8', 'https://b.example', 'rejected')
  await queue.ask(connect('9', 'https://b.example'))
})

test('error: what was on its way when the owner refused its site does not open the window again', async () => {
  const queue = createApprovalQueue(createTestMemory(), () => undefined)
  const { id } = await queue.ask(connect('1'))
  queue.arrived('2', Date.now() - 1)
  await queue.end(id, { kind: 'rejected' })
  await expect(queue.ask(connect('2'))).rejects.toMatchObject({ code: -32002 })
  queue.arrived('3', Date.now() + 1)
  await queue.ask(connect('3'))
})

test('error: what a page asked that is gone meanwhile opens nothing', async () => {
  const queue = createApprovalQueue(createTestMemory(), () => undefined)
  queue.withdraw('1')
  await expect(queue.ask(connect('1'))).rejects.toMatchObject({ code: 4900 })
  await expect(queue.ask(connect('1 unlock 5'))).rejects.toMatchObject({ code: 4900 })
  expect(queue.open()).toEqual([])
})

test('error: an unknown approval is gone', async () => {
  const queue = createApprovalQueue(createTestMemory(), () => undefined)
  await expect(queue.outcome('nothing')).rejects.toMatchObject({ code: 4900 })
})

test('error: a site’s words cannot keep the next worker from starting', async () => {
  const memory = createTestMemory()
  const before = createApprovalQueue(memory, () => undefined)
  const sponsor = { url: 'https://pay.example', context: { $bigint: 'not a number' } }
  const { id } = await before.ask({ ...connect('1'), sponsor })
  const after = createApprovalQueue(memory, () => undefined)
  await after.restore()
  expect(after.get(id)?.sponsor).toEqual(sponsor)
})

test('error: what would fill the browser’s memory is refused', async () => {
  const queue = createApprovalQueue(createTestMemory(), () => undefined)
  const big = (requestId: string): NewApproval => ({
    ...connect(requestId, `https://${requestId}.example`),
    request: {
      kind: 'transaction',
      calls: [
        { to: '0x00000000000000000000000000000000000000d1', value: 0n, data: `0x${'00'.repeat(400_000)}` },
      ],
      refusal: null,
      sessionId: null,
    },
  })
  for (let index = 0; index < 4; index++) await queue.ask(big(String(index)))
  await expect(queue.ask(big('4'))).rejects.toThrow('Too many')
  await queue.ask(connect('5'))
})

test('behavior: an ended approval keeps its answer, and little else', async () => {
  const memory = createTestMemory()
  const queue = createApprovalQueue(memory, () => undefined)
  const call = { to: '0x00000000000000000000000000000000000000d1', value: 0n, data: '0x11223344' } as const
  const request = { kind: 'transaction', calls: [call], refusal: null, sessionId: null } as const
  const { id } = await queue.ask({ ...connect('1'), request })
  await queue.end(id, { kind: 'rejected' })
  expect(queue.ofRequest('1')).toMatchObject({ outcome: { kind: 'rejected' }, request: { calls: [] } })
  expect(JSON.stringify([...memory.content.values()])).not.toContain('0x11223344')
})

test('error: an approval that cannot be kept is not shown; an end is told all the same', async () => {
  const memory = createTestMemory()
  const queue = createApprovalQueue(memory, () => undefined)
  const { id } = await queue.ask(connect('1'))
  const outcome = queue.outcome(id)
  memory.set = () => Promise.reject(new Error('quota'))
  await expect(queue.ask(connect('2', 'https://b.example'))).rejects.toThrow('quota')
  expect(queue.open()).toHaveLength(1)
  await expect(queue.end(id, { kind: 'rejected' })).rejects.toThrow('quota')
  expect(await outcome).toEqual({ kind: 'rejected' })
})
