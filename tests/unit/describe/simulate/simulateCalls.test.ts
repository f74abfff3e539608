import { encodeErrorResult, numberToHex, pad, parseAbi, type Hex } from 'viem'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { localNetwork } from '@/lib/chains/localNetwork'
import { simulateCalls } from '@/lib/describe/simulate/simulateCalls'
import { fakeServer, RpcFailure, type FakeServer } from '../../bundler/fakeServer'
import { accountOf, softPasskey } from '../../operation/softPasskey'

const friend = '0x2222222222222222222222222222222222222222'
const call = { to: friend, value: 5n, data: '0x' } as const
const account = accountOf(latchkey, softPasskey().passkey)
const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const ok = { status: '0x1', returnData: '0x', logs: [], gasUsed: '0x1' }

let node: FakeServer
let asked: { calls: { from: string; to: string; data: Hex }[] }[]
beforeEach(async () => {
  asked = []
  node = await fakeServer({ eth_getCode: () => '0x60' })
})
afterEach(() => node.close())

const simulate = () => simulateCalls({ ...localNetwork, rpcUrl: node.url }, account, [call])
const answer = (...calls: unknown[]) => {
  node.methods['eth_simulateV1'] = ([options]) => {
    asked = (options as { blockStateCalls: typeof asked }).blockStateCalls
    return [{ number: '0x1', calls }]
  }
}
const reverted = (reason: string) =>
  encodeErrorResult({ abi: parseAbi(['error Error(string)']), errorName: 'Error', args: [reason] })

describe('simulateCalls', () => {
  test('behavior: EntryPoint hands the account its calls; logs become changes', async () => {
    const topics = [transferTopic, pad(account.address), pad(friend)]
    const log = { address: `0x${'Ee'.repeat(20)}`, topics, data: numberToHex(5n, { size: 32 }) }
    answer({ ...ok, logs: [log] })
    expect(await simulate()).toMatchObject({ outcome: 'changes', balances: [{ way: 'out', amount: 5n }] })
    expect(asked).toMatchObject([{ calls: [{ from: latchkey.entryPoint, to: account.address }] }])
  })

  test('behavior: an account without code is deployed first, in the same try', async () => {
    node.methods['eth_getCode'] = () => '0x'
    answer(ok, ok)
    expect(await simulate()).toMatchObject({ outcome: 'changes', balances: [] })
    expect(asked[0]?.calls.map(({ to }) => to)).toEqual([latchkey.factory, account.address])
    answer({ ...ok, status: '0x0' }, ok)
    expect(await simulate()).toEqual({ outcome: 'unknown', why: 'not-deployed', passes: false })
  })

  test('behavior: a revert is told with its reason, made readable and short', async () => {
    answer({ ...ok, status: '0x0', returnData: reverted('no\u202e `more`') })
    expect(await simulate()).toEqual({ outcome: 'reverts', reason: '“no‹U+202E› more”' })
    answer({ ...ok, status: '0x0', returnData: reverted('x'.repeat(5_000)) })
    expect((await simulate()) as { reason: string }).toMatchObject({ reason: `“${'x'.repeat(200)}…”` })
    answer({ ...ok, status: '0x0', returnData: '0xdeadbeef' })
    expect(await simulate()).toEqual({ outcome: 'reverts', reason: 'the contract’s own error 0xdeadbeef' })
    answer({ ...ok, status: '0x0' })
    expect(await simulate()).toEqual({ outcome: 'reverts', reason: null })
  })

  test('behavior: a node that cannot simulate tells whether the calls go through', async () => {
    node.methods['eth_call'] = () => '0x'
    expect(await simulate()).toEqual({ outcome: 'unknown', why: 'unsupported', passes: true })
    node.methods['eth_call'] = () => {
      throw new RpcFailure(3, 'execution reverted: closed', reverted('closed'))
    }
    expect(await simulate()).toEqual({ outcome: 'reverts', reason: '“closed”' })
    node.methods['eth_getCode'] = () => '0x'
    expect(await simulate()).toEqual({ outcome: 'unknown', why: 'not-deployed', passes: false })
  })

  test.each([
    ['no list', {}],
    ['too few calls', [{ calls: [] }]],
    ['a status of its own', [{ calls: [{ ...ok, status: '0x2' }] }]],
    ['odd bytes', [{ calls: [{ ...ok, returnData: '0x1' }] }]],
    ['a log without an address', [{ calls: [{ ...ok, logs: [{ topics: [], data: '0x' }] }] }]],
    [
      'too many topics',
      [{ calls: [{ ...ok, logs: [{ address: friend, topics: Array(5).fill(pad('0x1')), data: '0x' }] }] }],
    ],
  ])('error: a node that answers %s', async (_what, result) => {
    node.methods['eth_simulateV1'] = () => result
    expect(await simulate()).toEqual({ outcome: 'unknown', why: 'unreachable', passes: false })
  })

  test('error: a node that does not answer', async () => {
    const network = { ...localNetwork, rpcUrl: 'http://127.0.0.1:1' }
    expect(await simulateCalls(network, account, [call])).toMatchObject({ why: 'unreachable' })
  })
})
