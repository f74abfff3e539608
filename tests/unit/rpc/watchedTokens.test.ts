import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodeAbiParameters, numberToHex, type Hex } from 'viem'
import { addNetwork } from '@/lib/chains/networks'
import { localNetwork } from '@/lib/chains/localNetwork'
import type { Commands } from '@/lib/messaging/popup'
import { fromWire, toWire, type Wire } from '@/lib/messaging/wire'
import { handleCommand } from '@/lib/rpc/commandRouter'
import { takeSnapshot } from '@/lib/rpc/snapshot'
import { fakeServer, type FakeServer } from '../bundler/fakeServer'
import { testRpc, withAccount, type TestRpc } from './testRpc'

const token = '0x00000000000000000000000000000000000000A1'
const chainId = 31337
const answers: { readonly [selector: string]: Hex } = {
  '0x95d89b41': encodeAbiParameters([{ type: 'string' }], ['DEMO']),
  '0x313ce567': encodeAbiParameters([{ type: 'uint8' }], [6]),
  '0x70a08231': numberToHex(7n, { size: 32 }),
}
let node: FakeServer
beforeEach(async () => {
  node = await fakeServer({
    eth_call: ([call]) => {
      const { to, data } = call as { to: string; data: string }
      return to.toLowerCase() === token.toLowerCase() ? answers[data.slice(0, 10)] : '0x'
    },
  })
})
afterEach(() => node.close())

async function setUp() {
  const context = await testRpc()
  await addNetwork(context.database, { ...localNetwork, rpcUrl: node.url, builtIn: false })
  return context
}

async function run<name extends keyof Commands>(context: TestRpc, name: name, input: Commands[name][0]) {
  const answer = await handleCommand(context, { type: 'latchkey:command', name, input: toWire(input) })
  if (!answer.ok) throw new Error(answer.error.message)
  return fromWire<Commands[name][1]>(answer.output as Wire)
}

test('behavior: a token that the owner lists is among those shown, with its balance, until it is removed', async () => {
  const context = await setUp()
  const { account: owner } = await withAccount(context)
  const account = owner.address
  const listed = { chainId, address: token.toLowerCase(), symbol: 'DEMO', decimals: 6 }
  expect(await run(context, 'watchToken', { chainId, address: token })).toEqual(listed)
  expect((await takeSnapshot(context)).watchedTokens).toEqual([listed])
  expect(await run(context, 'tokenBalances', { account, chainId })).toEqual({
    balances: [{ token: listed.address, balance: 7n }],
  })
  await run(context, 'unwatchToken', { chainId, address: token })
  const { tokens, watchedTokens } = await takeSnapshot(context)
  expect(watchedTokens).toEqual([])
  // Its unit stays known, for what was signed with it.
  expect(tokens).toEqual([listed])
  expect(await run(context, 'tokenBalances', { account, chainId })).toEqual({ balances: [] })
})

test.each([
  ['0x12', 'This is no address'],
  ['0x00000000000000000000000000000000000000b1', 'no ERC-20 token at this address on'],
])('error: %s is not listed, and the owner is told why', async (address, message) => {
  const context = await setUp()
  await expect(run(context, 'watchToken', { chainId, address })).rejects.toThrow(message)
  expect((await takeSnapshot(context)).watchedTokens).toEqual([])
})
