import 'fake-indexeddb/auto'
import { numberToHex, type Address } from 'viem'
import { expect, test } from 'vitest'
import { tokenBalances } from '@/lib/assets/tokenBalances'
import { localNetwork } from '@/lib/chains/localNetwork'
import { fakeServer } from '../bundler/fakeServer'

const owner: Address = '0x00000000000000000000000000000000000000aa'
const first: Address = '0x00000000000000000000000000000000000000c1'
const none: Address = '0x00000000000000000000000000000000000000c2'

test('behavior: what an account holds of each token, in order; null of what is no token', async () => {
  const asked: unknown[] = []
  const node = await fakeServer({
    eth_call: ([call]) => {
      const { to, data } = call as { to: string; data: string }
      asked.push(data)
      return to === first ? numberToHex(2n ** 256n - 1n, { size: 32 }) : '0x'
    },
  })
  const network = { ...localNetwork, rpcUrl: node.url }
  expect(await tokenBalances(network, owner, [none, first])).toEqual([
    { token: none, balance: null },
    { token: first, balance: 2n ** 256n - 1n },
  ])
  expect(asked).toEqual(Array(2).fill(`0x70a08231${owner.slice(2).padStart(64, '0')}`))
  expect(await tokenBalances(network, owner, [])).toEqual([])
  await node.close()
  await expect(tokenBalances(network, owner, [first])).rejects.toMatchObject({ code: 4901 })
}, 20_000)
