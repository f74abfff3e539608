import 'fake-indexeddb/auto'
import { encodeAbiParameters, encodeFunctionData, erc20Abi, type Address } from 'viem'
import { expect, test } from 'vitest'
import { nativeBalance } from '@/lib/assets/nativeBalance'
import { tokenMetadata } from '@/lib/assets/tokenMetadata'
import { listTokens } from '@/lib/assets/tokens'
import { localNetwork } from '@/lib/chains/localNetwork'
import { openDatabase } from '@/lib/storage/database'
import { fakeServer } from '../bundler/fakeServer'

const token: Address = '0x00000000000000000000000000000000000000Cc'
const symbolCall = encodeFunctionData({ abi: erc20Abi, functionName: 'symbol' })

async function setUp(symbol: string) {
  const node = await fakeServer({
    eth_getBalance: () => '0x5',
    eth_call: ([call]) =>
      (call as { data: string }).data === symbolCall
        ? encodeAbiParameters([{ type: 'string' }], [symbol])
        : encodeAbiParameters([{ type: 'uint8' }], [6]),
  })
  const database = await openDatabase({ name: crypto.randomUUID() })
  return { node, database, network: { ...localNetwork, rpcUrl: node.url } }
}

test('behavior: read once, then from the database', async () => {
  const { node, database, network } = await setUp('DEMO')
  const expected = { chainId: 31_337, address: token.toLowerCase(), symbol: 'DEMO', decimals: 6 }
  expect(await tokenMetadata(database, network, token)).toEqual(expected)
  await node.close()
  expect(await tokenMetadata(database, network, token)).toEqual(expected)
  expect(await listTokens(database)).toEqual([expected])
})

test('behavior: invisible characters and long names are cut', async () => {
  const { node, database, network } = await setUp(`ET\u202eH\u0000 ${'x'.repeat(100)}`)
  expect((await tokenMetadata(database, network, token))?.symbol).toBe(`ETH${'x'.repeat(17)}`)
  await node.close()
})

test('behavior: what is no token is null; a silent node is not remembered', async () => {
  const { node, database, network } = await setUp('')
  node.methods['eth_call'] = () => '0x'
  expect(await tokenMetadata(database, network, token)).toBeNull()
  expect(await nativeBalance(network, token)).toBe(5n)
  await node.close()
  await expect(tokenMetadata(database, network, token)).rejects.toMatchObject({ code: 4901 })
  await expect(nativeBalance(network, token)).rejects.toMatchObject({ code: 4901 })
  expect(await listTokens(database)).toEqual([])
}, 20_000)
