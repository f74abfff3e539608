import { expect, test } from 'vitest'
import { withoutFees } from '@/lib/rpc/withoutFees'

const account = '0xaBcdefabCdefabcdEfAbCdefabcdeFABcDEFabCD'
const fees = { gasPrice: '0x1', maxFeePerGas: '0x2', maxPriorityFeePerGas: '0x1' }
const call = { from: account.toLowerCase(), to: account, value: '0x5', gas: '0x5208' }

test.each(['eth_call', 'eth_estimateGas', 'eth_createAccessList'])(
  'behavior: %s of the account is tried without its fees, in any case of the address',
  (method) => {
    expect(withoutFees(method, [{ ...call, ...fees }, 'latest', {}], account)).toEqual([call, 'latest', {}])
  },
)

test('behavior: what is no trial of the account stays as it is', () => {
  const stranger = { ...call, ...fees, from: '0x0000000000000000000000000000000000000001' }
  expect(withoutFees('eth_call', [stranger, 'latest'], account)).toEqual([stranger, 'latest'])
  expect(withoutFees('eth_call', [{ ...call, ...fees }], undefined)).toEqual([{ ...call, ...fees }])
  expect(withoutFees('eth_getBlockByNumber', [{ ...call, ...fees }], account)).toEqual([{ ...call, ...fees }])
})

test.each([
  [undefined],
  [{ from: 'x' }],
  [[]],
  [[null]],
  [['0x']],
  [[{ from: 1, gasPrice: '0x1' }]],
  [[{ from: 'x', gasPrice: '0x1' }]],
])('param: %j reaches the node as it is', (params) => {
  expect(withoutFees('eth_call', params, account)).toEqual(params)
})
