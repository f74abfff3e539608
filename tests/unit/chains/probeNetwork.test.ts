import { afterEach, expect, test } from 'vitest'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { zksyncSso } from '@/lib/chains/deployments/zksyncSso'
import { probeNetwork } from '@/lib/chains/probeNetwork'
import { fakeServer, RpcFailure, type FakeServer } from '../bundler/fakeServer'

const servers: FakeServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function setUp() {
  const node = await fakeServer({ eth_chainId: () => '0x7a69', eth_getCode: () => '0x60' })
  const bundler = await fakeServer({
    eth_chainId: () => '0x7a69',
    eth_supportedEntryPoints: () => [latchkey.entryPoint],
  })
  servers.push(node, bundler)
  return { node, bundler, form: { name: ' Home ', rpcUrl: node.url, bundlerUrl: bundler.url } }
}

test('behavior: a complete network is taken', async () => {
  const { form } = await setUp()
  expect(await probeNetwork(form)).toMatchObject({
    chainId: 31_337,
    name: 'Home',
    deployment: latchkey,
    builtIn: false,
    currency: { symbol: 'ETH', decimals: 18 },
  })
})

test('error: each missing contract is named', async () => {
  for (const [address, part] of [
    [latchkey.entryPoint, 'EntryPoint v0.8'],
    [latchkey.factory, 'account factory'],
    [latchkey.sessionKeyValidator, 'session module'],
  ] as const) {
    const { node, form } = await setUp()
    node.methods['eth_getCode'] = ([at]) =>
      String(at).toLowerCase() === address.toLowerCase() ? '0x' : '0x60'
    await expect(probeNetwork(form)).rejects.toThrow(part)
  }
})

test('error: a bundler of another chain or EntryPoint is named', async () => {
  const other = await setUp()
  other.bundler.methods['eth_chainId'] = () => '0x1'
  await expect(probeNetwork(other.form)).rejects.toThrow('works on chain 1, the node on 31337')
  const old = await setUp()
  old.bundler.methods['eth_supportedEntryPoints'] = () => ['0x0000000071727De22E5E9d8BAf0edAc6f37da032']
  await expect(probeNetwork(old.form)).rejects.toThrow('does not support EntryPoint v0.8')
})

test('error: a server that does not answer is named', async () => {
  const { bundler, form } = await setUp()
  bundler.methods['eth_supportedEntryPoints'] = () => {
    throw new RpcFailure(-32000, 'tired')
  }
  await expect(probeNetwork(form)).rejects.toMatchObject({
    code: -32602,
    message: expect.stringContaining('The bundler does not answer eth_supportedEntryPoints'),
  })
  const { form: other } = await setUp()
  await expect(probeNetwork({ ...other, rpcUrl: 'http://127.0.0.1:1' })).rejects.toThrow(
    'The node does not answer eth_chainId',
  )
}, 20_000)

test('param: the name must not be empty, URLs must be usable', async () => {
  const { form } = await setUp()
  await expect(probeNetwork({ ...form, name: '  ' })).rejects.toThrow('name')
  await expect(probeNetwork({ ...form, paymasterUrl: 'http://evil.example' })).rejects.toThrow(
    'paymaster URL',
  )
})

test('behavior: a published deployment of the ZKsync SSO contracts is taken where Latchkey’s are not', async () => {
  const testnet = zksyncSso[8_022_833]
  if (testnet === undefined) throw new Error('The testnet is published.')
  const { node, bundler, form } = await setUp()
  for (const server of [node, bundler]) server.methods['eth_chainId'] = () => '0x7a6b31'
  const without = (gone: readonly string[]) => {
    const absent = new Set(gone.map((address) => address.toLowerCase()))
    node.methods['eth_getCode'] = ([at]) => (absent.has(String(at).toLowerCase()) ? '0x' : '0x60')
  }
  const own = [latchkey.factory, latchkey.accountImplementation, latchkey.sessionKeyValidator]
  without(own)
  expect(await probeNetwork(form)).toMatchObject({ chainId: 8_022_833, deployment: testnet })
  without([...own, testnet.webAuthnValidator])
  await expect(probeNetwork(form)).rejects.toThrow('no ZKsync SSO passkey module')
  without([])
  expect((await probeNetwork(form)).deployment).toEqual(latchkey)
})
