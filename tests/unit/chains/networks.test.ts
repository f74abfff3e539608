import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { localNetwork } from '@/lib/chains/localNetwork'
import { addNetwork, getNetwork, listNetworks, removeNetwork } from '@/lib/chains/networks'
import { openDatabase } from '@/lib/storage/database'

test('behavior: an added network replaces the built-in one of its chain, and gives it back', async () => {
  const database = await openDatabase({ name: crypto.randomUUID() })
  expect(await listNetworks(database)).toEqual([localNetwork])
  const own = { ...localNetwork, rpcUrl: 'http://127.0.0.1:9000/', builtIn: false }
  await addNetwork(database, own)
  await addNetwork(database, { ...own, chainId: 10 })
  expect((await listNetworks(database)).map(({ chainId }) => chainId)).toEqual([10, 31_337])
  expect(await getNetwork(database, 31_337)).toEqual(own)
  await removeNetwork(database, 31_337)
  expect(await getNetwork(database, 31_337)).toEqual(localNetwork)
})

test('error: an unknown chain is 4902', async () => {
  const database = await openDatabase({ name: crypto.randomUUID() })
  await expect(getNetwork(database, 5)).rejects.toMatchObject({ code: 4902 })
})
