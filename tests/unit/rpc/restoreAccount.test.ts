import {
  bytesToHex,
  encodeAbiParameters,
  encodeEventTopics,
  keccak256,
  parseAbiParameters,
  type Address,
  type Hex,
} from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { accounts } from '@/lib/account/accounts'
import { ownerCall } from '@/lib/account/codecs/latchkey/ownerCall'
import { aaFactoryAbi } from '@/lib/chains/abi/aaFactory.gen'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { localNetwork } from '@/lib/chains/localNetwork'
import { zksyncSso } from '@/lib/chains/deployments/zksyncSso'
import { addNetwork } from '@/lib/chains/networks'
import type { Commands, FoundPasskey } from '@/lib/messaging/popup'
import { fromWire, toWire, type Wire } from '@/lib/messaging/wire'
import { handleCommand } from '@/lib/rpc/commandRouter'
import { fakeServer, type FakeServer } from '../bundler/fakeServer'
import { accountOf, softPasskey, type SoftPasskey } from '../operation/softPasskey'
import { failure, testRpc, type TestRpc } from './testRpc'

/** Two networks on Latchkey's contracts, whose chains know what `owners` says. */
let context: TestRpc
let nodes: FakeServer[]
/** Calldata of `isPasskey` that is answered with yes, by chain id. */
let owners: Map<number, Set<string>>
/** Addresses with code, by chain id. */
let deployed: Map<number, Set<string>>
let logs: unknown[]
const [first, second] = [localNetwork.chainId, 8453]

beforeEach(async () => {
  context = await testRpc()
  nodes = []
  owners = new Map([first, second].map((chainId) => [chainId, new Set()]))
  deployed = new Map([first, second].map((chainId) => [chainId, new Set()]))
  logs = []
  for (const chainId of [first, second]) {
    const node = await fakeServer({
      eth_getCode: ([address]) => (deployed.get(chainId)?.has(String(address).toLowerCase()) ? '0x60' : '0x'),
      eth_call: ([call]) => {
        const { data } = call as { data: string }
        return encodeAbiParameters([{ type: 'bool' }], [owners.get(chainId)?.has(data) === true])
      },
      eth_getLogs: () => logs,
    })
    nodes.push(node)
    await addNetwork(context.database, {
      ...localNetwork,
      chainId,
      name: `Net ${chainId}`,
      rpcUrl: node.url,
      builtIn: false,
    })
  }
})
afterEach(() => Promise.all(nodes.map((node) => node.close())))

async function restore(...answers: FoundPasskey[]): Promise<Commands['restoreAccount'][1]> {
  const input = toWire({ answers })
  const answer = await handleCommand(context, { type: 'latchkey:command', name: 'restoreAccount', input })
  if (!answer.ok) throw Object.assign(new Error(answer.error.message), answer.error)
  return fromWire(answer.output as Wire)
}

const answerOf = ({ passkey, assert }: SoftPasskey, userHandle: Hex | null = null): FoundPasskey => ({
  ...assert(bytesToHex(crypto.getRandomValues(new Uint8Array(32)))),
  credentialId: passkey.credentialId,
  userHandle,
  origin: passkey.origin,
  rpId: passkey.rpId,
  backupEligible: true,
})

/** Puts the account of a passkey on a chain, owned by it or not. */
function stand(
  { passkey }: SoftPasskey,
  chainId: number,
  isOwner = true,
  address = accountOf(latchkey, passkey).address,
) {
  deployed.get(chainId)?.add(address.toLowerCase())
  if (isOwner) owners.get(chainId)?.add(ownerCall(address, passkey).data)
}

const stored = () => accounts.getAll(context.database)

test('error: one answer is not enough, whatever a chain says: a node that lies would name the address', async () => {
  const owner = softPasskey()
  stand(owner, first)
  expect(await restore(answerOf(owner))).toEqual({ outcome: 'again' })
  expect(await stored()).toEqual([])
})

test('behavior: two answers bring back an account that a chain knows', async () => {
  const owner = softPasskey()
  stand(owner, first)
  const { address } = accountOf(latchkey, owner.passkey)
  expect(await restore(answerOf(owner), answerOf(owner))).toMatchObject({
    outcome: 'restored',
    silent: [],
    accounts: [{ address }],
  })
  const { x, y, credentialId, origin } = owner.passkey
  expect(await stored()).toMatchObject([
    { address, name: 'Account', kind: 'latchkey', index: 0n, deployedOn: [first], factory: latchkey.factory },
  ])
  expect((await stored())[0]?.passkeys).toMatchObject([
    { x, y, credentialId, origin, prf: null, backupEligible: true },
  ])
})

test('behavior: where no chain knows it, the second answer tells the key', async () => {
  const owner = softPasskey()
  const answer = answerOf(owner)
  expect(await restore(answer)).toEqual({ outcome: 'again' })
  expect(await stored()).toEqual([])
  await restore(answer, answerOf(owner))
  expect(await stored()).toMatchObject([
    { address: accountOf(latchkey, owner.passkey).address, deployedOn: [] },
  ])
})

test('behavior: nodes that do not answer are named; two answers need none of them', async () => {
  const owner = softPasskey()
  await Promise.all(nodes.map((node) => node.close()))
  nodes = []
  const answer = answerOf(owner)
  expect(await restore(answer)).toEqual({ outcome: 'again' })
  const silent = [`Net ${first}`, `Net ${second}`]
  const result = await restore(answer, answerOf(owner))
  expect(result).toMatchObject({ outcome: 'restored' })
  expect([...(result as { silent: readonly string[] }).silent].sort()).toEqual(silent)
}, 20_000)

test('behavior: each kind of contracts has its own account', async () => {
  const published = zksyncSso[8_022_833]
  if (published === undefined) throw new Error('The testnet is published.')
  const deployment = { ...published, proxyCreationCode: '0x6080' } as const
  await addNetwork(context.database, {
    ...localNetwork,
    chainId: 5,
    name: 'ZK',
    deployment,
    rpcUrl: nodes[0]?.url ?? '',
    builtIn: false,
  })
  const owner = softPasskey()
  await restore(answerOf(owner), answerOf(owner))
  expect((await stored()).map(({ address, kind }) => [kind, address]).sort()).toEqual([
    ['latchkey', accountOf(latchkey, owner.passkey).address],
    ['zksync-sso', accountOf(deployment, owner.passkey).address],
  ])
})

test('error: a passkey that was removed wherever its account stands', async () => {
  const owner = softPasskey()
  stand(owner, first, false)
  const { message } = await failure(restore(answerOf(owner), answerOf(owner)))
  expect(message).toContain(`it was removed on Net ${first}`)
  expect(await stored()).toEqual([])
})

test('behavior: one that was removed on one chain alone still owns the account on the other', async () => {
  const owner = softPasskey()
  stand(owner, first, false)
  stand(owner, second)
  await restore(answerOf(owner), answerOf(owner))
  const [account] = await stored()
  expect(account?.deployedOn.toSorted()).toEqual([second, first].toSorted())
  expect(account?.passkeys[0].removedOn).toEqual([first])
})

test('behavior: a passkey that was added leads to its account, with the first one from the chain', async () => {
  const [maker, added] = [softPasskey(), softPasskey()]
  const { address } = accountOf(latchkey, maker.passkey)
  stand(maker, first, false)
  stand(added, first, true, address)
  const { x, y, credentialId, origin } = maker.passkey
  const creation = (key: Hex) => ({
    address: latchkey.factory,
    topics: encodeEventTopics({
      abi: aaFactoryAbi,
      eventName: 'AccountCreated',
      args: { account: address, credentialHash: keccak256(credentialId) },
    }),
    data: encodeAbiParameters(parseAbiParameters('bytes32, bytes32, bytes, string, uint256'), [
      key,
      y,
      credentialId,
      origin,
      0n,
    ]),
  })
  const handle = address.toLowerCase() as Address
  expect((await failure(restore(answerOf(added, handle)))).message).toContain('No network here tells')
  // One that the address does not follow from is not believed.
  logs = [creation(y), creation(x)]
  await restore(answerOf(added, handle))
  expect(await stored()).toMatchObject([
    {
      address,
      passkeys: [
        { x, credentialId, removedOn: [first] },
        { x: added.passkey.x, addedOn: [first] },
      ],
    },
  ])
})

test('error: an added passkey that owns nothing any more, or whose account nobody knows', async () => {
  const [maker, added] = [softPasskey(), softPasskey()]
  const { address } = accountOf(latchkey, maker.passkey)
  const answers = [answerOf(added, address), answerOf(added, address)]
  expect((await failure(restore(...answers))).message).toContain('Add a network on which it is deployed')
  stand(maker, second)
  expect((await failure(restore(...answers))).message).toContain(`removed on Net ${second}`)
})

test('error: an account that is here already, and answers of two passkeys', async () => {
  const owner = softPasskey()
  await accounts.put(context.database, accountOf(latchkey, owner.passkey))
  expect((await failure(restore(answerOf(owner)))).message).toContain('in this wallet already: Account')
  const [one, other] = [softPasskey(), softPasskey()]
  expect((await failure(restore(answerOf(one), answerOf(other)))).message).toContain('not of one passkey')
  const posing = { ...answerOf(other), credentialId: one.passkey.credentialId }
  expect((await failure(restore(answerOf(one), posing))).message).toContain('not of one passkey')
  const answer = answerOf(one)
  expect((await failure(restore(answer, answer))).message).toContain('not of one passkey')
  expect((await failure(restore())).message).toContain('not of one passkey')
})
