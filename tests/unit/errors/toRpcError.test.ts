import { expect, test } from 'vitest'
import { BaseError } from '@/lib/errors/BaseError'
import { toRpcError } from '@/lib/errors/toRpcError'

test('param: code, message and data of our own errors', () => {
  const error = new BaseError('No.', { code: 4001, data: { rule: 1 } })
  expect(toRpcError(error)).toEqual({ code: 4001, message: 'No.', data: { rule: 1 } })
})

test('param: the code of a node, somewhere down the causes', () => {
  const node = Object.assign(new Error('long report'), { code: 3, details: 'reverted', data: '0x12' })
  expect(toRpcError(new Error('outer', { cause: new Error('middle', { cause: node }) }))).toEqual({
    code: 3,
    message: 'reverted',
    data: '0x12',
  })
})

test('error: a DOMException’s own number is not passed on', () => {
  const cause = new DOMException('full', 'QuotaExceededError')
  expect(toRpcError(cause).code).toBe(-32603)
  const corrupt = new BaseError('Cannot be opened.', { cause: new DOMException('', 'OperationError') })
  expect(toRpcError(corrupt)).toEqual({ code: -32603, message: 'Cannot be opened.' })
})

test('error: what was not foreseen says nothing of the inside', () => {
  expect(toRpcError(new TypeError('x is undefined')).message).not.toContain('undefined')
  expect(toRpcError('text').code).toBe(-32603)
  const loop = new Error('loop')
  loop.cause = loop
  expect(toRpcError(loop).code).toBe(-32603)
})
