import { encodeFunctionData, erc20Abi, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { describeCall } from '@/lib/describe/describeCall'
import { demo, orchard, plantCall, shop, thief, tipCall, transferCall } from '../policy/fixtures'
import { context } from './fixtures'

const ether = 10n ** 18n

describe('describeCall', () => {
  test('behavior: native and token transfers', () => {
    expect(describeCall(tipCall(2n * 10n ** 15n), context)).toEqual({
      title: 'Send 0.002 ETH to Orchard Shop',
      lines: [],
    })
    expect(describeCall(transferCall(15n * 10n ** 17n, thief), context)).toEqual({
      title: 'Send 1.5 DEMO to 0x9999…9999',
      lines: ['Token: 0x2222…2222'],
    })
    const data = encodeFunctionData({
      abi: erc20Abi,
      functionName: 'transferFrom',
      args: [thief, shop, ether],
    })
    expect(describeCall({ to: demo, value: 0n, data }, context).title).toBe(
      'Send 1 DEMO from 0x9999…9999 to Orchard Shop',
    )
  })

  test('behavior: approvals, limited and not', () => {
    const approve = (amount: bigint) =>
      encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [shop, amount] })
    const title = (amount: bigint) =>
      describeCall({ to: demo, value: 0n, data: approve(amount) }, context).title
    expect(title(5n * ether)).toBe('Let Orchard Shop take up to 5 DEMO')
    expect(title(2n ** 256n - 1n)).toBe('Let Orchard Shop take all your DEMO')
  })

  test('behavior: functions that the site named, with their arguments', () => {
    expect(describeCall({ ...plantCall(7n), value: ether }, context)).toEqual({
      title: 'Plant',
      lines: ['plot: 7', 'Contract: 0x3333…3333', 'Sends 1 ETH'],
    })
    const abi = parseAbi(['function swapAll((address token, uint256 least) what, uint8[] path, string note)'])
    const data = encodeFunctionData({ abi, args: [{ token: shop, least: 3n }, [1, 2], 'x'.repeat(200)] })
    const functions = {
      [`${orchard}:${data.slice(0, 10)}`]: 'swapAll((address,uint256) what, uint8[] path, string note)',
    }
    expect(describeCall({ to: orchard, value: 0n, data }, { ...context, functions })).toEqual({
      title: 'Swap all',
      lines: [
        'what: [Orchard Shop, 3]',
        'path: [1, 2]',
        `note: ${'x'.repeat(100)}…`,
        'Contract: 0x3333…3333',
      ],
    })
  })

  test('behavior: what cannot be told is said to be unknown', () => {
    expect(describeCall({ to: thief, value: 0n, data: '0x1234567800' }, context)).toEqual({
      title: 'Unknown function 0x12345678',
      lines: ['Contract: 0x9999…9999'],
    })
    expect(describeCall({ to: thief, value: 1n, data: '0x12' }, context).title).toBe('Unreadable data')
    expect(describeCall({ to: demo, value: 0n, data: '0xa9059cbb00' }, context).title).toBe('Transfer')
    const cut = { ...plantCall(7n), data: plantCall(7n).data.slice(0, -2) as `0x${string}` }
    expect(describeCall(cut, context)).toEqual({ title: 'Plant', lines: ['Contract: 0x3333…3333'] })
  })
})
