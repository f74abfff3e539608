import { expect, test } from 'vitest'
import { encodeFunctionData, parseAbi } from 'viem'
import { approvalMade, permit2 } from '@/lib/policy/approvalMade'
import { mayApprove } from '@/lib/policy/mayApprove'
import { demo, orchardSpec, plantCall, shop, tipCall, transferCall, transferPolicy } from './fixtures'

const abi = parseAbi([
  'function approve(address spender, uint256 amount)',
  'function increaseAllowance(address spender, uint256 added)',
  'function setApprovalForAll(address operator, bool approved)',
  'function approveAndCall(address spender, uint256 amount, bytes data)',
])
const permit2Abi = parseAbi([
  'function approve(address token, address spender, uint160 amount, uint48 expiration)',
])
const to = (target: `0x${string}`, data: `0x${string}`) => ({ to: target, value: 0n, data })

test('behavior: approvals of tokens, of collections, and through Permit2', () => {
  const encode = (functionName: 'approve' | 'increaseAllowance') =>
    encodeFunctionData({ abi, functionName, args: [shop, 5n] })
  for (const data of [
    encode('approve'),
    encode('increaseAllowance'),
    encodeFunctionData({ abi, functionName: 'approveAndCall', args: [shop, 5n, '0x'] }),
  ])
    expect(approvalMade(to(demo, data))).toEqual({ kind: 'token', token: demo, spender: shop })
  const all = encodeFunctionData({ abi, functionName: 'setApprovalForAll', args: [shop, true] })
  expect(approvalMade(to(demo, all))).toEqual({ kind: 'collection', token: demo, spender: shop })
  const through = encodeFunctionData({ abi: permit2Abi, functionName: 'approve', args: [demo, shop, 5n, 9] })
  expect(approvalMade(to(permit2, through))).toEqual({ kind: 'permit2', token: demo, spender: shop })
})

test('behavior: everything else approves nothing, also data that is too short', () => {
  for (const call of [tipCall(1n), plantCall(3n), transferCall(1n), to(demo, '0x095ea7b3'), to(demo, '0x01')])
    expect(approvalMade(call)).toBeNull()
})

test('behavior: a session may approve by approvals and by open contents', () => {
  expect(mayApprove(orchardSpec)).toBe(false)
  for (const selector of ['0x095ea7b3', '0xa22cb465', '0xac9650d8', '0x87517c45'] as const)
    expect(mayApprove({ callPolicies: [{ ...transferPolicy, selector }] })).toBe(true)
})
