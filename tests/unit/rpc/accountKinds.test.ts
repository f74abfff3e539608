import { beforeEach, expect, test } from 'vitest'
import { accounts } from '@/lib/account/accounts'
import { zksyncSso } from '@/lib/chains/deployments/zksyncSso'
import { localNetwork } from '@/lib/chains/localNetwork'
import { addNetwork } from '@/lib/chains/networks'
import { connections } from '@/lib/connection/connections'
import { handleCommand } from '@/lib/rpc/commandRouter'
import { toWire } from '@/lib/messaging/wire'
import { handleRequest } from '@/lib/rpc/router'
import { softPasskey } from '../operation/softPasskey'
import { callerOf, connected, failure, origin, settled, testRpc, type TestRpc } from './testRpc'

/** A site that is connected with an account on Latchkey's contracts, and a network that has ZKsync SSO's. */
let context: TestRpc
const chainId = 8_022_833
const chain = '0x7a6b31'

beforeEach(async () => {
  context = await testRpc()
  const published = zksyncSso[chainId]
  if (published === undefined) throw new Error('The testnet is published.')
  const deployment = { ...published, proxyCreationCode: '0x6080' } as const
  await addNetwork(context.database, { ...localNetwork, chainId, name: 'ZK', deployment, builtIn: false })
  await addNetwork(context.database, localNetwork)
})

const command = async (name: 'createAccount' | 'approvalStart', input: object) => {
  const answer = await handleCommand(context, { type: 'latchkey:command', name, input: toWire(input) })
  if (!answer.ok) throw new Error(answer.error.message)
}

test('behavior: a site learns only of networks on which its account can be used', async () => {
  const { account } = await connected(context)
  const all = await handleRequest(context, callerOf(), 'wallet_getCapabilities', [account.address])
  expect(all).toMatchObject({ '0x7a69': { sessions: { maximumCalls: 32, useLimits: 'chain' } } })
  expect(all).not.toHaveProperty(chain)
})

test('error: a site cannot take an account to a network of the other kind', async () => {
  await connected(context)
  const moving = handleRequest(context, callerOf(), 'wallet_switchEthereumChain', [{ chainId: chain }])
  expect(await failure(moving)).toMatchObject({ code: 4901 })
  expect(context.approvals.open()).toEqual([])
})

test('behavior: it connects there with a new account of that kind', async () => {
  await connected(context)
  const asking = handleRequest(context, callerOf(), 'wallet_connect', [{ chainIds: [chain] }])
  await settled()
  const id = context.approvals.open()[0]?.id ?? ''
  expect(context.desk.state(id)?.phase).toEqual({ phase: 'no-account' })
  await command('createAccount', { passkey: { ...softPasskey().passkey, prf: true }, chainId })
  await settled()
  await command('approvalStart', { id })
  const made = (await accounts.getAll(context.database)).find(({ kind }) => kind === 'zksync-sso')
  expect(await asking).toMatchObject({ accounts: [{ address: made?.address }], chainIds: [chain] })
  expect(await connections.get(context.database, origin)).toMatchObject({ account: made?.address, chainId })
  expect(await handleRequest(context, callerOf(), 'wallet_getCapabilities', [made?.address])).toEqual({
    [chain]: expect.objectContaining({ sessions: { supported: true, maximumCalls: 1, useLimits: 'wallet' } }),
  })
})
